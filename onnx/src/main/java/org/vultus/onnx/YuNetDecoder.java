package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;

/**
 * YuNet (Wu et al., YuNet: A Tiny Millisecond-level Face Detector, 2023) as {@code face_detection_yunet_2023mar} of the
 * OpenCV model zoo: at each cell of three grids a class and an object score, the offset of the centre and the logarithm of
 * the size in strides, and five points in strides. Read as OpenCV's {@code FaceDetectorYN} reads them.
 */
record YuNetDecoder(int width, int height) implements BoxDecoder {

    private static final int[] STRIDES = {8, 16, 32};

    @Override
    public List<String> select(List<OutputShape> outputs) {
        List<String> names = new ArrayList<>();
        for (int stride : STRIDES) {
            int n = Grid.cells(width, stride) * Grid.cells(height, stride);
            names.add(named(outputs, "cls_" + stride, n, 1));
            names.add(named(outputs, "obj_" + stride, n, 1));
            names.add(named(outputs, "bbox_" + stride, n, 4));
            names.add(named(outputs, "kps_" + stride, n, 10));
        }
        return names;
    }

    private static String named(List<OutputShape> outputs, String name, int rows, int columns) {
        return Select.only(
                        outputs,
                        o -> o.name().equals(name) && o.is(rows, columns),
                        name + " of " + rows + " × " + columns)
                .name();
    }

    @Override
    public List<DetectedFace> decode(List<FloatBuffer> outputs, double minConfidence) {
        CandidateFaces faces = new CandidateFaces(width, height);
        double[] points = new double[10];
        for (int s = 0; s < STRIDES.length; s++) {
            int stride = STRIDES[s];
            int columns = Grid.cells(width, stride);
            FloatBuffer classes = outputs.get(4 * s);
            FloatBuffer objects = outputs.get(4 * s + 1);
            FloatBuffer boxes = outputs.get(4 * s + 2);
            FloatBuffer keyPoints = outputs.get(4 * s + 3);
            for (int i = 0; i < classes.limit(); i++) {
                double score = Math.sqrt(unit(classes.get(i)) * unit(objects.get(i)));
                if (!(score >= minConfidence)) {
                    continue;
                }
                int column = i % columns;
                int row = i / columns;
                double cx = (column + (double) boxes.get(4 * i)) * stride;
                double cy = (row + (double) boxes.get(4 * i + 1)) * stride;
                double w = Math.exp(boxes.get(4 * i + 2)) * stride;
                double h = Math.exp(boxes.get(4 * i + 3)) * stride;
                for (int k = 0; k < 10; k += 2) {
                    points[k] = (column + (double) keyPoints.get(10 * i + k)) * stride;
                    points[k + 1] = (row + (double) keyPoints.get(10 * i + k + 1)) * stride;
                }
                faces.add(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2, score, points);
            }
        }
        return faces.list();
    }

    /** NaN stays NaN and fails the comparison. */
    private static double unit(float v) {
        return Math.min(1.0, Math.max(0.0, v));
    }
}
