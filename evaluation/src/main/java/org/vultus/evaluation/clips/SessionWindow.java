package org.vultus.evaluation.clips;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * From when to when a session looks at a clip, in milliseconds of the clip; it may begin before the clip and end after it.
 *
 * @param from when it begins
 * @param duration how long it takes
 */
record SessionWindow(double from, double duration) {
    /** As a session of the server is sent pictures. */
    private static final double BETWEEN_LOOKS_MS = 100;

    /** By which a look wavers; a standard deviation. */
    private static final double WAVERING_MS = 12;

    /** By so much at most a replay begins earlier or later than the session that it shows. */
    private static final double STARTS_DIFFER_MS = 1_000;

    /** So much of a session and of its replay is within the clip. */
    private static final double WITHIN = 0.6;

    /** So far apart are two parts of a clip: neighbouring ones end and begin with the same pose. */
    private static final double APART_MS = 500;

    /** Two sessions on one clip. */
    record Pair(SessionWindow first, SessionWindow second) {}

    /**
     * A session, and another that is shown the same.
     *
     * @param clip how long the clip is, in milliseconds
     * @param first how long the first takes, in milliseconds
     * @param second how long the second takes, in milliseconds
     * @return empty when the clip is too short
     */
    static Optional<Pair> replay(double clip, double first, double second, Random random) {
        double earliest = Math.max(-(1 - WITHIN) * first, -(1 - WITHIN) * second - STARTS_DIFFER_MS);
        double latest = Math.min(clip - WITHIN * first, clip - WITHIN * second + STARTS_DIFFER_MS);
        if (clip < WITHIN * Math.max(first, second) || latest < earliest) {
            return Optional.empty();
        }
        double from = between(earliest, latest, random);
        double again = between(
                Math.max(from - STARTS_DIFFER_MS, -(1 - WITHIN) * second),
                Math.min(from + STARTS_DIFFER_MS, clip - WITHIN * second),
                random);
        return Optional.of(new Pair(new SessionWindow(from, first), new SessionWindow(again, second)));
    }

    /**
     * Two sessions on different parts of a clip, wholly within it; either may be the earlier.
     *
     * @param clip how long the clip is, in milliseconds
     * @param first how long the first takes, in milliseconds
     * @param second how long the second takes, in milliseconds
     * @return empty when the clip is too short
     */
    static Optional<Pair> apart(double clip, double first, double second, Random random) {
        double spare = clip - first - second - APART_MS;
        if (spare < 0) {
            return Optional.empty();
        }
        double one = random.nextDouble() * spare;
        double other = random.nextDouble() * spare;
        double before = Math.min(one, other);
        double after = Math.max(one, other) + APART_MS;
        return Optional.of(
                random.nextBoolean()
                        ? new Pair(new SessionWindow(before, first), new SessionWindow(after + first, second))
                        : new Pair(new SessionWindow(after + second, first), new SessionWindow(before, second)));
    }

    /**
     * When the session looks, in milliseconds since its beginning.
     *
     * @param share of the pictures that a busy server looks at; which ones is chance
     */
    List<Double> looks(double share, Random random) {
        List<Double> looks = new ArrayList<>();
        for (double due = random.nextDouble() * BETWEEN_LOOKS_MS; due < duration; due += BETWEEN_LOOKS_MS) {
            double at = due + WAVERING_MS * random.nextGaussian();
            if (random.nextDouble() < share && at >= 0 && at < duration) {
                looks.add(at);
            }
        }
        return looks;
    }

    private static double between(double low, double high, Random random) {
        return low + random.nextDouble() * (high - low);
    }
}
