package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.embed.FeatureExtractor;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;

/** Any network that turns an aligned 112×112 face into features, in the manner of ArcFace (Deng et al., 2019). */
final class NetworkFeatureExtractor implements FeatureExtractor, AutoCloseable {
    private final ExtractorId id;
    private final int dimension;
    private final TensorPacker packer;
    private final ModelSession session;
    private final List<OutputShape> channels = new ArrayList<>();

    /** @param texture inner values whose channels are summed up in every reading; empty for none */
    NetworkFeatureExtractor(ModelPack pack, RuntimeOptions options, List<String> texture) {
        PackManifest.Extractor model = pack.manifest().extractor();
        this.id = pack.extractor();
        this.dimension = model.dimension();
        this.packer = new TensorPacker(model.input());
        this.session = ModelSession.load(
                pack,
                model,
                options,
                onnx -> texture.isEmpty() ? onnx : GraphOutputs.append(onnx, texture),
                outputs -> {
                    List<String> names = new ArrayList<>();
                    names.add(Select.only(outputs, o -> o.is(1, dimension), dimension + " features")
                            .name());
                    for (String name : texture) {
                        channels.add(Select.only(
                                outputs, o -> o.name().equals(name) && o.sizes().size() == 4, name + " as a map"));
                    }
                    names.addAll(texture);
                    return names;
                });
    }

    @Override
    public ExtractorId id() {
        return id;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public FaceReading read(AlignedFace face, Sides sides) {
        float[] sum = new float[dimension];
        double[] texture = new double[2 * channelCount()];
        if (sides.asSeen()) {
            add(face.pixels(), sum, texture);
        }
        if (sides.mirrored()) {
            try (RgbImage mirrored = Resampling.mirror(face.pixels())) {
                add(mirrored, sum, texture);
            }
        }
        for (int i = 0; i < texture.length; i++) {
            texture[i] /= sides.looks();
        }
        FaceReading reading = new FaceReading(FeatureVector.measured(id, sum), texture);
        Arrays.fill(sum, 0);
        return reading;
    }

    private void add(RgbImage pixels, float[] sum, double[] texture) {
        session.run(tensor -> packer.pack(pixels, tensor), outputs -> {
            FloatBuffer features = outputs.getFirst();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += features.get(i);
            }
            addTexture(outputs.subList(1, outputs.size()), texture);
            return sum;
        });
    }

    private int channelCount() {
        return channels.stream().mapToInt(map -> map.sizes().get(1)).sum();
    }

    /** The mean of every channel, then the standard deviation of every channel. */
    private void addTexture(List<FloatBuffer> maps, double[] texture) {
        int count = texture.length / 2;
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
                texture[at] += mean;
                texture[count + at] += Math.sqrt(Math.max(0, squares / area - mean * mean));
            }
        }
    }

    ModelSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
