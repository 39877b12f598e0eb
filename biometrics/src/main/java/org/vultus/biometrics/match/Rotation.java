package org.vultus.biometrics.match;

import java.util.Arrays;
import java.util.Optional;

/**
 * Turns feature vectors so that their first components are those that tell faces apart: a product of Householder reflections,
 * one for each leading axis of a basis (the QR decomposition of the axes; Golub and Van Loan, Matrix Computations, §5.2). It is
 * orthogonal whatever the basis is, so it never changes a cosine; a basis that does not fit only makes the first components say
 * less. Immutable, safe for several threads.
 */
final class Rotation {
    private static final RowScan LOOPS = RowScan.best();

    private final int dimension;
    private final int lead;
    /** Each of length √2, so that x − v·⟨v, x⟩ is the reflection. */
    private final float[][] reflectors;
    /** How many floats a row takes for {@link #apply(float[], int, float[])}. */
    private final int stride;
    // The same for many rows: x − Σ v·⟨w, x⟩, two products with matrices.
    private final int times;
    private final float[] inward;
    private final float[] outward;

    private Rotation(int dimension, int lead, float[][] reflectors) {
        this.dimension = dimension;
        this.lead = lead;
        this.reflectors = reflectors;
        this.stride = whole(dimension);
        this.times = whole(reflectors.length);
        this.inward = new float[dimension * times];
        this.outward = new float[reflectors.length * stride];
        double[][] coefficients = coefficients(reflectors, dimension);
        for (int k = 0; k < reflectors.length; k++) {
            for (int i = 0; i < dimension; i++) {
                inward[RowScan.strip(i, k, dimension)] = (float) coefficients[k][i];
                outward[RowScan.strip(k, i, reflectors.length)] = -reflectors[k][i];
            }
        }
    }

    private static int whole(int columns) {
        return Math.ceilDiv(columns, RowScan.STRIP) * RowScan.STRIP;
    }

    /**
     * The w of x − Σ v·⟨w, x⟩, which is what the reflections by v come to one after the other (Schreiber and Van Loan 1989, A
     * storage-efficient WY representation): the k-th reflects what those before it have left of x.
     */
    private static double[][] coefficients(float[][] reflectors, int dimension) {
        double[][] coefficients = new double[reflectors.length][dimension];
        for (int k = 0; k < reflectors.length; k++) {
            double[] w = coefficients[k];
            for (int i = 0; i < dimension; i++) {
                w[i] = reflectors[k][i];
            }
            for (int j = 0; j < k; j++) {
                double dot = 0;
                for (int i = 0; i < dimension; i++) {
                    dot += (double) reflectors[k][i] * reflectors[j][i];
                }
                for (int i = 0; i < dimension; i++) {
                    w[i] -= dot * coefficients[j][i];
                }
            }
        }
        return coefficients;
    }

    /**
     * @param atMost how many leading axes are used of a basis that has more
     * @return the rotation by a basis; without one features stay as they are, and all of them lead
     */
    static Rotation by(Optional<EmbeddingBasis> basis, int dimension, int atMost) {
        if (basis.isEmpty()) {
            return new Rotation(dimension, dimension, new float[0][]);
        }
        int lead = Math.min(basis.get().axes(), atMost);
        float[][] reflectors = new float[lead][];
        for (int k = 0; k < lead; k++) {
            float[] axis = basis.get().axis(k);
            for (int i = 0; i < k; i++) {
                // Once for each gallery, before anything is compiled: then vectors are a hundred times as slow.
                PlainScan.INSTANCE.reflect(reflectors[i], axis);
            }
            reflectors[k] = reflector(axis, k);
        }
        return new Rotation(basis.get().dimension(), lead, reflectors);
    }

    /** What takes the part of {@code axis} from {@code k} on to the {@code k}-th coordinate. */
    private static float[] reflector(float[] axis, int k) {
        double square = 0;
        for (int i = k; i < axis.length; i++) {
            square += (double) axis[i] * axis[i];
        }
        float[] v = new float[axis.length];
        double norm = Math.sqrt(square);
        // Against the sign of the component, so that nothing cancels.
        double first = axis[k] + Math.copySign(norm, axis[k]);
        double length = Math.sqrt(square - (double) axis[k] * axis[k] + first * first);
        if (!(length > 0)) {
            return v;
        }
        double scale = Math.sqrt(2) / length;
        v[k] = (float) (first * scale);
        for (int i = k + 1; i < axis.length; i++) {
            v[i] = (float) (axis[i] * scale);
        }
        return v;
    }

    int dimension() {
        return dimension;
    }

    /** How many components lead. */
    int lead() {
        return lead;
    }

    /** How many floats a row of {@link #apply(float[], int, float[])} takes. */
    int stride() {
        return stride;
    }

    /** How many floats turning so many rows at once takes beside them. */
    int parts(int count) {
        return count * times;
    }

    /**
     * Turns many rows in place: each element of the rotation is read once for a few of them and not once for each.
     *
     * @param rows of {@link #stride} floats each, zeros where it is more than the dimension
     * @param count a multiple of {@link RowScan#ROWS_AT_ONCE}
     * @param parts for what is computed on the way, {@link #parts} floats; zeros, before and after
     */
    void apply(float[] rows, int count, float[] parts) {
        if (reflectors.length == 0) {
            return;
        }
        LOOPS.multiply(rows, stride, count, inward, dimension, times, parts, times);
        LOOPS.multiply(parts, times, count, outward, reflectors.length, stride, rows, stride);
        Arrays.fill(parts, 0, parts(count), 0);
    }

    /** Turns {@code x} in place. */
    void apply(float[] x) {
        for (float[] v : reflectors) {
            LOOPS.reflect(v, x);
        }
    }
}
