package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;

/**
 * Corners in 0–1 of the input ({@code n × 4}) and the probabilities of background and face ({@code n × 2}): the export of
 * Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB, which decodes its priors inside the network.
 */
record SsdDecoder(int width, int height) implements BoxDecoder {

    @Override
    public List<String> select(List<OutputShape> outputs) {
        OutputShape boxes = Select.only(outputs, o -> o.columns() == 4, "n × 4 boxes");
        OutputShape scores = Select.only(outputs, o -> o.is(boxes.rows(), 2), boxes.rows() + " × 2 scores");
        return List.of(boxes.name(), scores.name());
    }

    @Override
    public List<DetectedFace> decode(List<FloatBuffer> outputs, double minConfidence) {
        FloatBuffer boxes = outputs.get(0);
        FloatBuffer scores = outputs.get(1);
        CandidateFaces faces = new CandidateFaces(width, height);
        for (int i = 0; i < scores.limit() / 2; i++) {
            float score = scores.get(2 * i + 1);
            if (score >= minConfidence) {
                faces.add(
                        boxes.get(4 * i) * (double) width,
                        boxes.get(4 * i + 1) * (double) height,
                        boxes.get(4 * i + 2) * (double) width,
                        boxes.get(4 * i + 3) * (double) height,
                        score);
            }
        }
        return faces.list();
    }
}
