package org.vultus.onnx;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a network takes: a planar float tensor {@code 1 × channels × height × width} whose values are
 * {@code (pixel − mean) / std}, pixels being 0–255.
 *
 * @param mean one value for all channels, or one per channel in the order of {@code channels}
 * @param std as {@code mean}
 */
record ImageInput(int width, int height, Channels channels, List<Double> mean, List<Double> std) {

    private static final int MAX_SIDE = 4096;

    /** The planes of the tensor, in order. */
    enum Channels {
        RGB(3),
        BGR(3),
        /** Luma after ITU-R BT.601, as OpenCV computes it. */
        GREY(1);

        final int count;

        Channels(int count) {
            this.count = count;
        }
    }

    ImageInput {
        if (Stream.concat(mean.stream(), std.stream()).anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("mean and std must be numbers");
        }
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "the input size %d×%d is not within 1–%d".formatted(width, height, MAX_SIDE));
        }
        perChannel("mean", mean, channels);
        perChannel("std", std, channels);
        if (std.stream().anyMatch(s -> s <= 0)) {
            throw new IllegalArgumentException("std must be positive, not " + std);
        }
    }

    private static void perChannel(String name, List<Double> values, Channels channels) {
        if ((values.size() != 1 && values.size() != channels.count)
                || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "%s must be 1 or %d numbers for %s, not %s".formatted(name, channels.count, channels, values));
        }
    }

    long[] shape() {
        return new long[] {1, channels.count, height, width};
    }

    int elements() {
        return channels.count * height * width;
    }

    double mean(int channel) {
        return mean.get(mean.size() == 1 ? 0 : channel);
    }

    double std(int channel) {
        return std.get(std.size() == 1 ? 0 : channel);
    }
}
