package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;

/**
 * RetinaFace (Deng et al., 2020) as biubug6/Pytorch_Retinaface exports it: at each cell of three grids two square priors,
 * each with the probabilities of background and face, an encoded box and five encoded points. The priors are computed in
 * place, in the order of that repository's {@code PriorBox}; steps, sizes and variances are those of its
 * {@code cfg_mnet} and {@code cfg_re50}, which agree.
 */
record RetinaFaceDecoder(int width, int height) implements BoxDecoder {

    private static final int[] STEPS = {8, 16, 32};
    private static final int[][] MIN_SIZES = {{16, 32}, {64, 128}, {256, 512}};
    private static final double CENTRE_VARIANCE = 0.1;
    private static final double SIZE_VARIANCE = 0.2;

    @Override
    public List<String> select(List<OutputShape> outputs) {
        int n = 0;
        for (int s = 0; s < STEPS.length; s++) {
            n += MIN_SIZES[s].length * Grid.cells(width, STEPS[s]) * Grid.cells(height, STEPS[s]);
        }
        int priors = n;
        return List.of(
                Select.only(outputs, o -> o.is(priors, 4), priors + " × 4 boxes")
                        .name(),
                Select.only(outputs, o -> o.is(priors, 2), priors + " × 2 scores")
                        .name(),
                Select.only(outputs, o -> o.is(priors, 10), priors + " × 10 key points")
                        .name());
    }

    @Override
    public List<DetectedFace> decode(List<FloatBuffer> outputs, double minConfidence) {
        FloatBuffer boxes = outputs.get(0);
        FloatBuffer scores = outputs.get(1);
        FloatBuffer keyPoints = outputs.get(2);
        CandidateFaces faces = new CandidateFaces(width, height);
        double[] points = new double[10];
        int i = 0;
        for (int s = 0; s < STEPS.length; s++) {
            int step = STEPS[s];
            int columns = Grid.cells(width, step);
            int cells = columns * Grid.cells(height, step);
            for (int cell = 0; cell < cells; cell++) {
                for (int size : MIN_SIZES[s]) {
                    float score = scores.get(2 * i + 1);
                    if (score >= minConfidence) {
                        int row = cell / columns;
                        double px = (cell % columns + 0.5) * step;
                        double py = (row + 0.5) * step;
                        double shift = CENTRE_VARIANCE * size;
                        double cx = px + boxes.get(4 * i) * shift;
                        double cy = py + boxes.get(4 * i + 1) * shift;
                        double w = size * Math.exp(boxes.get(4 * i + 2) * SIZE_VARIANCE);
                        double h = size * Math.exp(boxes.get(4 * i + 3) * SIZE_VARIANCE);
                        for (int k = 0; k < 10; k += 2) {
                            points[k] = px + keyPoints.get(10 * i + k) * shift;
                            points[k + 1] = py + keyPoints.get(10 * i + k + 1) * shift;
                        }
                        faces.add(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2, score, points);
                    }
                    i++;
                }
            }
        }
        return faces.list();
    }
}
