package org.vultus.evaluation.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * Every component of every vector as a float, compared one after the other with the Vector API: what there is to be exact against
 * and faster than. Filled by one thread, then safe for several.
 */
final class FloatRows {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int CHUNK = 1024;

    private final int dimension;
    private final List<float[]> chunks = new ArrayList<>();
    private int size;

    /** The row most like a probe. */
    record Nearest(int row, float score) {
        static final Nearest NONE = new Nearest(-1, -2);

        static Nearest better(Nearest a, Nearest b) {
            return a.score > b.score || (a.score == b.score && a.row < b.row) ? a : b;
        }
    }

    /** @param dimension of the vectors; a multiple of 64, as the usual ones are */
    FloatRows(int dimension) {
        if (dimension % (4 * LANES.length()) != 0) {
            throw new IllegalArgumentException(dimension + " features");
        }
        this.dimension = dimension;
    }

    void add(FeatureVector vector) {
        if (size % CHUNK == 0) {
            chunks.add(new float[CHUNK * dimension]);
        }
        System.arraycopy(vector.toArray(), 0, chunks.getLast(), size % CHUNK * dimension, dimension);
        size++;
    }

    void clear() {
        chunks.clear();
        size = 0;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) Float.BYTES * CHUNK * dimension * chunks.size();
    }

    Nearest nearest(float[] probe) {
        return IntStream.range(0, chunks.size())
                .parallel()
                .mapToObj(chunk -> nearest(probe, chunk, 0))
                .reduce(Nearest.NONE, Nearest::better);
    }

    /** The same among the rows from one on, one after the other. */
    Nearest nearestFrom(float[] probe, int from) {
        Nearest best = Nearest.NONE;
        for (int chunk = from / CHUNK; chunk < chunks.size(); chunk++) {
            best = Nearest.better(best, nearest(probe, chunk, Math.max(0, from - chunk * CHUNK)));
        }
        return best;
    }

    private Nearest nearest(float[] probe, int chunk, int from) {
        float[] rows = chunks.get(chunk);
        int count = Math.min(CHUNK, size - chunk * CHUNK);
        int row = -1;
        float best = -2;
        for (int i = from; i < count; i++) {
            float score = dot(probe, rows, i * dimension);
            if (score > best) {
                best = score;
                row = chunk * CHUNK + i;
            }
        }
        return new Nearest(row, best);
    }

    private float dot(float[] probe, float[] rows, int from) {
        int step = LANES.length();
        FloatVector a = FloatVector.zero(LANES);
        FloatVector b = FloatVector.zero(LANES);
        FloatVector c = FloatVector.zero(LANES);
        FloatVector d = FloatVector.zero(LANES);
        for (int i = 0; i < dimension; i += 4 * step) {
            a = lanes(probe, i).fma(lanes(rows, from + i), a);
            b = lanes(probe, i + step).fma(lanes(rows, from + i + step), b);
            c = lanes(probe, i + 2 * step).fma(lanes(rows, from + i + 2 * step), c);
            d = lanes(probe, i + 3 * step).fma(lanes(rows, from + i + 3 * step), d);
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private static FloatVector lanes(float[] values, int from) {
        return FloatVector.fromArray(LANES, values, from);
    }
}
