package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;

/**
 * SCRFD (Guo et al., Sample and Computation Redistribution for Efficient Face Detection, 2021) with key points, as
 * InsightFace exports it: at each cell of three grids two anchors, each with a score, the distances from the cell's corner
 * to the four sides in strides, and five points relative to that corner in strides.
 */
record ScrfdDecoder(int width, int height) implements BoxDecoder {

    private static final int[] STRIDES = {8, 16, 32};
    private static final int ANCHORS = 2;

    @Override
    public List<String> select(List<OutputShape> outputs) {
        List<String> names = new ArrayList<>();
        for (int stride : STRIDES) {
            int n = ANCHORS * Grid.cells(width, stride) * Grid.cells(height, stride);
            for (int columns : new int[] {1, 4, 10}) {
                names.add(
                        Select.only(outputs, o -> o.is(n, columns), n + " × " + columns + " values of stride " + stride)
                                .name());
            }
        }
        return names;
    }

    @Override
    public List<DetectedFace> decode(List<FloatBuffer> outputs, double minConfidence) {
        CandidateFaces faces = new CandidateFaces(width, height);
        double[] points = new double[10];
        for (int s = 0; s < STRIDES.length; s++) {
            int stride = STRIDES[s];
            int columns = Grid.cells(width, stride);
            FloatBuffer scores = outputs.get(3 * s);
            FloatBuffer sides = outputs.get(3 * s + 1);
            FloatBuffer keyPoints = outputs.get(3 * s + 2);
            for (int i = 0; i < scores.limit(); i++) {
                float score = scores.get(i);
                if (!(score >= minConfidence)) {
                    continue;
                }
                int cell = i / ANCHORS;
                int row = cell / columns;
                double x = (double) (cell % columns) * stride;
                double y = (double) row * stride;
                for (int k = 0; k < 10; k += 2) {
                    points[k] = x + keyPoints.get(10 * i + k) * (double) stride;
                    points[k + 1] = y + keyPoints.get(10 * i + k + 1) * (double) stride;
                }
                faces.add(
                        x - sides.get(4 * i) * (double) stride,
                        y - sides.get(4 * i + 1) * (double) stride,
                        x + sides.get(4 * i + 2) * (double) stride,
                        y + sides.get(4 * i + 3) * (double) stride,
                        score,
                        points);
            }
        }
        return faces.list();
    }
}
