package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.PadEvidence;
import org.vultus.biometrics.liveness.PadHead;
import org.vultus.biometrics.liveness.PadObserver;

/**
 * Reads the liveness network and the early layers of the extractor on the way to their answers. Every crop is looked at twice,
 * the second time in a mirror, and the mean is taken.
 */
final class PadNetworks implements PadObserver, AutoCloseable {

    /** What surrounds the face is looked at in the shape of a webcam's frame; squeezed portrait frames look like attacks. */
    private static final double ASPECT = 4.0 / 3;

    /** Side of the crop for texture over the longer side of the box: the face to its outline. */
    private static final double TEXTURE_CROP = 1.2;

    private static final int CLASSES = 3;

    private final ImageInput surroundings;
    private final ImageInput face;
    private final TensorPacker surroundingsPacker;
    private final TensorPacker facePacker;
    private final ModelSession liveness;
    private final ModelSession texture;
    private final List<OutputShape> channels = new ArrayList<>();

    PadNetworks(ModelPack pack, PadHeadFile.Values values, RuntimeOptions options) {
        PackManifest.Liveness network = pack.manifest().liveness();
        PackManifest.Extractor extractor = pack.manifest().extractor();
        this.surroundings = network.input();
        this.face = extractor.input();
        this.surroundingsPacker = new TensorPacker(surroundings);
        this.facePacker = new TensorPacker(face);
        this.liveness = ModelSession.load(
                pack,
                network,
                options,
                onnx -> GraphOutputs.append(onnx, List.of(values.context())),
                outputs -> List.of(
                        Select.only(outputs, o -> o.is(1, CLASSES), CLASSES + " values")
                                .name(),
                        Select.only(outputs, o -> o.name().equals(values.context()), values.context())
                                .name()));
        try {
            this.texture = ModelSession.load(
                    pack, extractor, options, onnx -> GraphOutputs.only(onnx, values.texture()), outputs -> {
                        for (String name : values.texture()) {
                            channels.add(Select.only(
                                    outputs,
                                    o -> o.name().equals(name) && o.sizes().size() == 4,
                                    name + " as a map"));
                        }
                        return values.texture();
                    });
        } catch (RuntimeException e) {
            liveness.close();
            throw e;
        }
    }

    @Override
    public PadEvidence observe(RgbImage image, DetectedFace face) {
        Region near = NetworkLivenessEstimator.surroundings(image, face.box());
        Region wide = window(image, face.box());
        int width = surroundings.width();
        int height = surroundings.height();
        double[] verdict = look(LinearResize.crop(image, near, width, height));
        // Smoothed, other than the crop that the network was trained on: the aliases of a whole frame depend on the
        // camera.
        double[] context = look(Resampling.crop(image, wide, width, height));
        return new PadEvidence(verdict[0], Arrays.copyOfRange(context, 1, context.length), texture(image, face.box()));
    }

    /** The log-odds of a bona fide face, then the inner value. */
    private double[] look(RgbImage crop) {
        try (crop) {
            return bothSides(
                    crop,
                    side -> liveness.run(tensor -> surroundingsPacker.pack(side, tensor), outputs -> {
                        FloatBuffer inner = outputs.get(1);
                        double[] seen = new double[1 + inner.limit()];
                        seen[0] = Softmax.logOdds(outputs.getFirst(), CLASSES, 0);
                        for (int i = 0; i < inner.limit(); i++) {
                            seen[1 + i] = inner.get(i);
                        }
                        return seen;
                    }));
        }
    }

    /** The mean of every channel, then the standard deviation of every channel. */
    private double[] texture(RgbImage image, Region box) {
        try (RgbImage pixels = Resampling.crop(image, box.squared(TEXTURE_CROP), face.width(), face.height())) {
            return bothSides(pixels, side -> texture.run(tensor -> facePacker.pack(side, tensor), this::statistics));
        }
    }

    private double[] statistics(List<FloatBuffer> maps) {
        int count = channels.stream().mapToInt(map -> map.sizes().get(1)).sum();
        double[] statistics = new double[2 * count];
        int at = 0;
        for (int i = 0; i < maps.size(); i++) {
            FloatBuffer map = maps.get(i);
            int area = channels.get(i).sizes().get(2) * channels.get(i).sizes().get(3);
            for (int start = 0; start < map.limit(); start += area, at++) {
                double sum = 0;
                double squares = 0;
                for (int p = start; p < start + area; p++) {
                    double value = map.get(p);
                    sum += value;
                    squares += value * value;
                }
                double mean = sum / area;
                statistics[at] = mean;
                statistics[count + at] = Math.sqrt(Math.max(0, squares / area - mean * mean));
            }
        }
        return statistics;
    }

    private static double[] bothSides(RgbImage pixels, Function<RgbImage, double[]> look) {
        double[] seen = look.apply(pixels);
        try (RgbImage mirrored = Resampling.mirror(pixels)) {
            double[] other = look.apply(mirrored);
            for (int i = 0; i < seen.length; i++) {
                seen[i] = (seen[i] + other[i]) / 2;
            }
        }
        return seen;
    }

    /** The largest window of a webcam's shape that the image has, around the face and inside the image. */
    static Region window(RgbImage image, Region box) {
        double width = Math.min(image.width(), image.height() * ASPECT);
        double height = width / ASPECT;
        // The upper bounds are never negative but by rounding.
        double x = Math.max(0, Math.min(box.centreX() - width / 2, image.width() - width));
        double y = Math.max(0, Math.min(box.centreY() - height / 2, image.height() - height));
        return new Region(x, y, width, height);
    }

    /** @throws IllegalArgumentException when the head is not of the size of what is observed here */
    void tryOut(PadHead head) {
        RgbImage black = new RgbImage(surroundings.width(), surroundings.height());
        head.score(observe(black, new DetectedFace(Region.of(black).scaled(0.5), 1, Optional.empty())));
    }

    void runBare() {
        liveness.runBare(4);
        texture.runBare(2);
    }

    @Override
    public void close() {
        liveness.close();
        texture.close();
    }
}
