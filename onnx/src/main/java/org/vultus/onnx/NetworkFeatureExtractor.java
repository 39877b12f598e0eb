package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureExtractor;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Outcome;

/** Any network that turns an aligned 112×112 face into features, in the manner of ArcFace (Deng et al., 2019). */
final class NetworkFeatureExtractor implements FeatureExtractor, AutoCloseable {
    private final ExtractorId id;
    private final int dimension;
    private final TensorPacker packer;
    private final ModelSession session;

    NetworkFeatureExtractor(ModelPack pack, RuntimeOptions options) {
        PackManifest.Extractor model = pack.manifest().extractor();
        this.id = pack.extractor();
        this.dimension = model.dimension();
        this.packer = new TensorPacker(model.input());
        this.session = ModelSession.load(
                pack,
                model,
                options,
                outputs -> List.of(Select.only(outputs, o -> o.is(1, dimension), dimension + " features")
                        .name()));
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
    public Outcome<FeatureVector> extract(AlignedFace face) {
        float[] sum = new float[dimension];
        try (RgbImage mirrored = Resampling.mirror(face.pixels())) {
            addFeatures(face.pixels(), sum);
            addFeatures(mirrored, sum);
        }
        Outcome<FeatureVector> features = FeatureVector.measured(id, sum);
        Arrays.fill(sum, 0);
        return features;
    }

    private void addFeatures(RgbImage pixels, float[] sum) {
        session.run(tensor -> packer.pack(pixels, tensor), outputs -> {
            FloatBuffer features = outputs.getFirst();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += features.get(i);
            }
            return sum;
        });
    }

    ModelSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
