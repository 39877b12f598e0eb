package org.vultus.biometrics.clip;

import java.time.Duration;

/**
 * How much of a stranger's clip is looked at.
 *
 * @param maxBytes the longest clip
 * @param maxPixels the largest picture, judged from the container and from the codec's own header before anything is decoded
 * @param minSide the shortest side in which a face could still be recognised, in pixels
 * @param maxDuration from the first picture to the last
 * @param maxPackets the most pictures that a clip may hold
 * @param pictures how many of them are handed on
 * @param between the time from one that is handed on to the next, at least
 * @param patience how long decoding may take
 */
public record ClipLimits(
        int maxBytes,
        int maxPixels,
        int minSide,
        Duration maxDuration,
        int maxPackets,
        int pictures,
        Duration between,
        Duration patience) {

    /** 10 MB, 1080p, 10 seconds, up to 10 pictures that are at least 90 ms apart, as those of a live video. */
    public static final ClipLimits DEFAULT = new ClipLimits(
            10_000_000,
            // Codecs count in whole macroblocks of 16 pixels.
            1920 * 1088,
            32,
            Duration.ofSeconds(10),
            // 60 pictures a second.
            601,
            10,
            Duration.ofMillis(90),
            Duration.ofSeconds(20));

    public ClipLimits {
        if (maxBytes <= 0
                || maxPixels <= 0
                || minSide <= 0
                || maxPackets <= 0
                || pictures <= 0
                || !maxDuration.isPositive()
                || !between.isPositive()
                || !patience.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** The same with other limits of size and length, which a site may set. */
    public ClipLimits within(int bytes, Duration duration) {
        return new ClipLimits(bytes, maxPixels, minSide, duration, maxPackets, pictures, between, patience);
    }

    /** Refuses a picture of the wrong size; called as soon as a header gives one. */
    void admit(long width, long height) throws RefusedClip {
        if (width <= 0 || height <= 0) {
            throw new RefusedClip(ClipProblem.CORRUPT, "%d×%d pixels".formatted(width, height));
        }
        if (height > maxPixels / width) {
            throw new RefusedClip(
                    ClipProblem.TOO_MANY_PIXELS,
                    "%d×%d pixels; at most %d are decoded".formatted(width, height, maxPixels));
        }
        if (Math.min(width, height) < minSide) {
            throw new RefusedClip(
                    ClipProblem.TOO_FEW_PIXELS,
                    "%d×%d pixels; the shorter side needs %d".formatted(width, height, minSide));
        }
    }
}
