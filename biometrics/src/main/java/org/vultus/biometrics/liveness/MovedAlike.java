package org.vultus.biometrics.liveness;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a face in one session moved as it did in another: laid over it by one distance in time, a recording moves the same way in everything that
 * can be measured of a face, to the smallest motion. Somebody who does the same gesture once more agrees with that gesture, and with little else.
 * Where its numbers are from: docs/adr/0062-a-replay-is-recognised-by-all-that-moves.md.
 */
final class MovedAlike {
    /** From one distance that is tried to the next. A tenth of a second blurs what is fastest, a blink. */
    private static final long STEP_MS = 25;

    /** Between two pictures that are further apart nothing is known of the way the face took. */
    private static final long LONGEST_GAP_MS = 800;

    /** Of fewer changes nothing is told. */
    private static final int FEWEST = 8;

    /** The largest change that counts, in those of this session's middle: one jerk is not to decide. */
    private static final double LARGEST = 2;

    /** What the same gestures of one person come to without being the same movement, as a correlation. */
    private static final double SAME_GESTURES = 0.2;

    /** The same for a normal distribution as its standard deviation. */
    private static final double OF_MEDIAN = 1.4826;

    /** @param at when it was taken, in milliseconds since any moment of its session */
    record Moment(long at, Posture posture) {}

    private final long[] times;
    private final double[][] changes;
    private final boolean[] continuous;
    private final long[] otherTimes;
    private final double[][] others;
    private final double[] scale;

    private MovedAlike(List<Moment> one, List<Moment> other) {
        times = times(one);
        otherTimes = times(other);
        others = values(other);
        double[][] own = values(one);
        changes = new double[own.length - 1][];
        continuous = new boolean[changes.length];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = change(own[i], own[i + 1]);
            continuous[i] = times[i + 1] - times[i] <= LONGEST_GAP_MS;
        }
        scale = new double[Posture.size()];
        for (int k = 0; k < scale.length; k++) {
            int number = k;
            double[] sizes = Arrays.stream(changes)
                    .mapToDouble(change -> Math.abs(change[number]))
                    .sorted()
                    .toArray();
            scale[k] = OF_MEDIAN * sizes[sizes.length / 2] + 1e-9;
        }
        for (double[] change : changes) {
            limit(change);
        }
    }

    /**
     * The mean correlation of the changes from picture to picture, less what gestures have in common, times the square root of their number, at the
     * distance in time at which that is most: in the deviations that chance would give one number alone. 0 where nothing agrees or too little was seen.
     */
    static double most(List<Moment> one, List<Moment> other) {
        if (one.size() <= FEWEST || other.size() <= FEWEST) {
            return 0;
        }
        List<Moment> mine = sorted(one);
        List<Moment> others = sorted(other);
        MovedAlike pair = new MovedAlike(mine, others);
        long first = others.getFirst().at() - mine.getLast().at();
        long last = others.getLast().at() - mine.getFirst().at();
        double most = 0;
        for (long distance = first; distance <= last; distance += STEP_MS) {
            most = Math.max(most, pair.at(distance));
        }
        return most;
    }

    private double at(long distance) {
        int numbers = scale.length;
        double[] products = new double[numbers];
        double[] squares = new double[numbers];
        double[] otherSquares = new double[numbers];
        int counted = 0;
        int from = 0;
        double[] before = null;
        for (int i = 0; i < times.length; i++) {
            long moment = times[i] + distance;
            // The next picture is later than the moment, hence later than this one.
            while (from + 1 < otherTimes.length && otherTimes[from + 1] <= moment) {
                from++;
            }
            double[] now = between(from, moment);
            if (i > 0 && before != null && now != null && continuous[i - 1]) {
                double[] theirs = change(before, now);
                limit(theirs);
                double[] mine = changes[i - 1];
                for (int k = 0; k < numbers; k++) {
                    products[k] += mine[k] * theirs[k];
                    squares[k] += mine[k] * mine[k];
                    otherSquares[k] += theirs[k] * theirs[k];
                }
                counted++;
            }
            before = now;
        }
        if (counted < FEWEST) {
            return 0;
        }
        double sum = 0;
        for (int k = 0; k < numbers; k++) {
            sum += products[k] / Math.sqrt(squares[k] * otherSquares[k] + 1e-9);
        }
        return (sum / numbers - SAME_GESTURES) * Math.sqrt(counted);
    }

    /** How the other session's face stood at that moment, from the pictures around it; nothing where they are too far apart. */
    private double @Nullable [] between(int from, long moment) {
        if (from + 1 >= otherTimes.length
                || moment < otherTimes[from]
                || otherTimes[from + 1] - otherTimes[from] > LONGEST_GAP_MS) {
            return null;
        }
        double share = (double) (moment - otherTimes[from]) / (otherTimes[from + 1] - otherTimes[from]);
        double[] values = new double[scale.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = others[from][k] * (1 - share) + others[from + 1][k] * share;
        }
        return values;
    }

    /** In units of what this session's face usually moves, and no more than {@value #LARGEST}. */
    private void limit(double[] change) {
        for (int k = 0; k < change.length; k++) {
            change[k] = Math.clamp(change[k] / scale[k], -LARGEST, LARGEST);
        }
    }

    private static double[] change(double[] before, double[] now) {
        double[] change = new double[now.length];
        for (int k = 0; k < now.length; k++) {
            change[k] = now[k] - before[k];
        }
        return change;
    }

    private static List<Moment> sorted(List<Moment> moments) {
        return moments.stream().sorted(Comparator.comparingLong(Moment::at)).toList();
    }

    private static long[] times(List<Moment> moments) {
        return moments.stream().mapToLong(Moment::at).toArray();
    }

    private static double[][] values(List<Moment> moments) {
        double[][] values = new double[moments.size()][Posture.size()];
        for (int i = 0; i < values.length; i++) {
            for (int k = 0; k < values[i].length; k++) {
                values[i][k] = moments.get(i).posture().value(k);
            }
        }
        return values;
    }
}
