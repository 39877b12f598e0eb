package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;

/**
 * Each decoder reads back a known face that the test encodes as that network would, by the inverse of the published
 * formulas and an independent enumeration of its cells or priors.
 */
class BoxDecoderTest {
    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;

    /** A face in pixels of the input, and which of the cells or priors shall announce it, 0–1. */
    record Face(double cx, double cy, double w, double h, double score, double slot) {
        /** Eyes, nose, mouth at fixed places in the box. */
        double[] points() {
            double[] p = new double[10];
            double[] at = {-0.2, -0.15, 0.2, -0.15, 0, 0.05, -0.15, 0.25, 0.15, 0.25};
            for (int i = 0; i < 10; i += 2) {
                p[i] = cx + at[i] * w;
                p[i + 1] = cy + at[i + 1] * h;
            }
            return p;
        }
    }

    @Property(seed = "20261121")
    void ssdReadsBackAKnownBox(@ForAll("faces") Face face) {
        int n = 50;
        float[] boxes = new float[4 * n];
        float[] scores = background(n);
        int i = (int) (face.slot() * n);
        boxes[4 * i] = (float) ((face.cx() - face.w() / 2) / WIDTH);
        boxes[4 * i + 1] = (float) ((face.cy() - face.h() / 2) / HEIGHT);
        boxes[4 * i + 2] = (float) ((face.cx() + face.w() / 2) / WIDTH);
        boxes[4 * i + 3] = (float) ((face.cy() + face.h() / 2) / HEIGHT);
        scores[2 * i] = (float) (1 - face.score());
        scores[2 * i + 1] = (float) face.score();
        assertOnly(face, false, new SsdDecoder(WIDTH, HEIGHT).decode(buffers(boxes, scores), 0.5));
    }

    @Property(seed = "20261121")
    void scrfdReadsBackAKnownFace(@ForAll("faces") Face face) {
        float[][] outputs = new float[9][];
        List<int[]> anchors = new ArrayList<>();
        int[] strides = {8, 16, 32};
        for (int s = 0; s < 3; s++) {
            int at = 0;
            for (int y = 0; y < HEIGHT; y += strides[s]) {
                for (int x = 0; x < WIDTH; x += strides[s]) {
                    anchors.add(new int[] {s, at++, x, y});
                    anchors.add(new int[] {s, at++, x, y});
                }
            }
            outputs[3 * s] = new float[at];
            outputs[3 * s + 1] = new float[4 * at];
            outputs[3 * s + 2] = new float[10 * at];
        }
        int[] anchor = anchors.get((int) (face.slot() * anchors.size()));
        int s = anchor[0];
        int i = anchor[1];
        double stride = strides[s];
        outputs[3 * s][i] = (float) face.score();
        float[] sides = outputs[3 * s + 1];
        sides[4 * i] = (float) ((anchor[2] - (face.cx() - face.w() / 2)) / stride);
        sides[4 * i + 1] = (float) ((anchor[3] - (face.cy() - face.h() / 2)) / stride);
        sides[4 * i + 2] = (float) ((face.cx() + face.w() / 2 - anchor[2]) / stride);
        sides[4 * i + 3] = (float) ((face.cy() + face.h() / 2 - anchor[3]) / stride);
        for (int k = 0; k < 10; k++) {
            outputs[3 * s + 2][10 * i + k] = (float) ((face.points()[k] - anchor[2 + k % 2]) / stride);
        }
        assertOnly(face, true, new ScrfdDecoder(WIDTH, HEIGHT).decode(buffers(outputs), 0.5));
    }

    @Property(seed = "20261121")
    void yuNetReadsBackAKnownFace(@ForAll("faces") Face face) {
        float[][] outputs = new float[12][];
        List<int[]> cells = new ArrayList<>();
        int[] strides = {8, 16, 32};
        for (int s = 0; s < 3; s++) {
            int at = 0;
            for (int row = 0; row < HEIGHT / strides[s]; row++) {
                for (int column = 0; column < WIDTH / strides[s]; column++) {
                    cells.add(new int[] {s, at++, column, row});
                }
            }
            outputs[4 * s] = new float[at];
            outputs[4 * s + 1] = new float[at];
            outputs[4 * s + 2] = new float[4 * at];
            outputs[4 * s + 3] = new float[10 * at];
        }
        int[] cell = cells.get((int) (face.slot() * cells.size()));
        int s = cell[0];
        int i = cell[1];
        double stride = strides[s];
        // The score is the geometric mean of the two.
        outputs[4 * s][i] = (float) (face.score() * face.score() / 0.99);
        outputs[4 * s + 1][i] = 0.99f;
        float[] box = outputs[4 * s + 2];
        box[4 * i] = (float) (face.cx() / stride - cell[2]);
        box[4 * i + 1] = (float) (face.cy() / stride - cell[3]);
        box[4 * i + 2] = (float) Math.log(face.w() / stride);
        box[4 * i + 3] = (float) Math.log(face.h() / stride);
        for (int k = 0; k < 10; k++) {
            outputs[4 * s + 3][10 * i + k] = (float) (face.points()[k] / stride - cell[2 + k % 2]);
        }
        assertOnly(face, true, new YuNetDecoder(WIDTH, HEIGHT).decode(buffers(outputs), 0.5));
    }

    @Property(seed = "20261121")
    void retinaFaceReadsBackAKnownFace(@ForAll("faces") Face face) {
        // PriorBox of Pytorch_Retinaface: for every step, row, column and size.
        List<double[]> priors = new ArrayList<>();
        int[][] sizes = {{16, 32}, {64, 128}, {256, 512}};
        int[] steps = {8, 16, 32};
        for (int s = 0; s < 3; s++) {
            for (int row = 0; row < HEIGHT / steps[s]; row++) {
                for (int column = 0; column < WIDTH / steps[s]; column++) {
                    for (int size : sizes[s]) {
                        priors.add(new double[] {
                            (column + 0.5) * steps[s] / WIDTH,
                            (row + 0.5) * steps[s] / HEIGHT,
                            (double) size / WIDTH,
                            (double) size / HEIGHT
                        });
                    }
                }
            }
        }
        int n = priors.size();
        float[] boxes = new float[4 * n];
        float[] scores = background(n);
        float[] points = new float[10 * n];
        int i = (int) (face.slot() * n);
        double[] prior = priors.get(i);
        // encode() and encode_landm() of the same repository, in 0–1 of the input.
        boxes[4 * i] = (float) ((face.cx() / WIDTH - prior[0]) / (0.1 * prior[2]));
        boxes[4 * i + 1] = (float) ((face.cy() / HEIGHT - prior[1]) / (0.1 * prior[3]));
        boxes[4 * i + 2] = (float) (Math.log(face.w() / WIDTH / prior[2]) / 0.2);
        boxes[4 * i + 3] = (float) (Math.log(face.h() / HEIGHT / prior[3]) / 0.2);
        for (int k = 0; k < 10; k += 2) {
            points[10 * i + k] = (float) ((face.points()[k] / WIDTH - prior[0]) / (0.1 * prior[2]));
            points[10 * i + k + 1] = (float) ((face.points()[k + 1] / HEIGHT - prior[1]) / (0.1 * prior[3]));
        }
        scores[2 * i] = (float) (1 - face.score());
        scores[2 * i + 1] = (float) face.score();
        assertOnly(face, true, new RetinaFaceDecoder(WIDTH, HEIGHT).decode(buffers(boxes, scores, points), 0.5));
    }

    @ParameterizedTest
    @EnumSource
    void choosesItsOutputsInAnyOrderAndRefusesOthers(Decoder kind) {
        BoxDecoder decoder = BoxDecoder.of(kind, WIDTH, HEIGHT);
        List<OutputShape> shapes = new ArrayList<>(shapesOf(kind));
        List<String> inOrder = shapes.stream().map(OutputShape::name).toList();
        shapes.add(new OutputShape("another", List.of(1, 7)));
        Collections.shuffle(shapes, new Random(1));
        assertThat(decoder.select(shapes)).isEqualTo(inOrder);

        shapes.removeIf(o -> o.name().equals(inOrder.getLast()));
        assertThatThrownBy(() -> decoder.select(shapes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("should give");
    }

    @ParameterizedTest
    @EnumSource
    void dropsWhatCannotBeAFace(Decoder kind) {
        float[] nasty = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.MIN_VALUE,
            0,
            -0f,
            1,
            -1,
            0.9f,
            1e9f,
            100,
            0.7f,
            0.95f
        };
        BoxDecoder decoder = BoxDecoder.of(kind, WIDTH, HEIGHT);
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<FloatBuffer> outputs = shapesOf(kind).stream()
                    .map(shape -> {
                        float[] values = new float[shape.elements()];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = nasty[random.nextInt(nasty.length)];
                        }
                        return FloatBuffer.wrap(values);
                    })
                    .toList();
            assertValid(decoder.decode(outputs, 0.5), 0.5);
        }
    }

    /** What a decoder of a {@code WIDTH × HEIGHT} input takes, in its order. */
    static List<OutputShape> shapesOf(Decoder kind) {
        List<OutputShape> shapes = new ArrayList<>();
        switch (kind) {
            case SSD -> {
                shapes.add(new OutputShape("boxes", List.of(1, 50, 4)));
                shapes.add(new OutputShape("scores", List.of(1, 50, 2)));
            }
            case SCRFD -> {
                for (int n : new int[] {2 * 16 * 12, 2 * 8 * 6, 2 * 4 * 3}) {
                    shapes.add(new OutputShape("score" + n, List.of(n, 1)));
                    shapes.add(new OutputShape("box" + n, List.of(n, 4)));
                    shapes.add(new OutputShape("points" + n, List.of(n, 10)));
                }
            }
            case RETINAFACE -> {
                int n = 2 * (16 * 12 + 8 * 6 + 4 * 3);
                shapes.add(new OutputShape("a", List.of(1, n, 4)));
                shapes.add(new OutputShape("b", List.of(1, n, 2)));
                shapes.add(new OutputShape("c", List.of(1, n, 10)));
            }
            case YUNET -> {
                for (int stride : new int[] {8, 16, 32}) {
                    int n = WIDTH / stride * (HEIGHT / stride);
                    shapes.add(new OutputShape("cls_" + stride, List.of(1, n, 1)));
                    shapes.add(new OutputShape("obj_" + stride, List.of(1, n, 1)));
                    shapes.add(new OutputShape("bbox_" + stride, List.of(1, n, 4)));
                    shapes.add(new OutputShape("kps_" + stride, List.of(1, n, 10)));
                }
            }
        }
        return shapes;
    }

    /** A decoder of the input that {@link #shapesOf} describes. */
    static BoxDecoder decoder(Decoder kind) {
        return BoxDecoder.of(kind, WIDTH, HEIGHT);
    }

    static void assertValid(List<DetectedFace> faces, double minConfidence) {
        for (DetectedFace face : faces) {
            Region box = face.box();
            assertThat(face.confidence()).isBetween(minConfidence, 1.0);
            assertThat(box.width()).isBetween(1.0, 2.0 * WIDTH);
            assertThat(box.height()).isBetween(1.0, 2.0 * HEIGHT);
            assertThat(box.centreX()).isBetween(-1e-6, WIDTH + 1e-6);
            assertThat(box.centreY()).isBetween(-1e-6, HEIGHT + 1e-6);
            face.keyPoints().ifPresent(p -> {
                for (Point point : List.of(p.leftEye(), p.rightEye(), p.nose(), p.mouthLeft(), p.mouthRight())) {
                    assertThat(point.x()).isBetween(-1.0 * WIDTH, 2.0 * WIDTH);
                    assertThat(point.y()).isBetween(-1.0 * HEIGHT, 2.0 * HEIGHT);
                }
            });
        }
    }

    @Provide
    Arbitrary<Face> faces() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, WIDTH),
                        Arbitraries.doubles().between(0, HEIGHT),
                        Arbitraries.doubles().between(2, WIDTH),
                        Arbitraries.doubles().between(2, HEIGHT),
                        Arbitraries.doubles().between(0.51, 0.99),
                        Arbitraries.doubles().between(0, true, 1, false).ofScale(4))
                .as(Face::new)
                .filter(f -> f.cx() > 1e-3 && f.cy() > 1e-3 && f.cx() < WIDTH - 1e-3 && f.cy() < HEIGHT - 1e-3);
    }

    private static float[] background(int n) {
        float[] scores = new float[2 * n];
        for (int i = 0; i < n; i++) {
            scores[2 * i] = 1;
        }
        return scores;
    }

    private static List<FloatBuffer> buffers(float[]... arrays) {
        return Arrays.stream(arrays).map(FloatBuffer::wrap).toList();
    }

    private static void assertOnly(Face expected, boolean withPoints, List<DetectedFace> found) {
        assertThat(found).hasSize(1);
        DetectedFace face = found.getFirst();
        assertThat(face.confidence()).isCloseTo(expected.score(), within(1e-5));
        assertThat(face.box().centreX()).isCloseTo(expected.cx(), within(1e-3));
        assertThat(face.box().centreY()).isCloseTo(expected.cy(), within(1e-3));
        assertThat(face.box().width()).isCloseTo(expected.w(), within(1e-3));
        assertThat(face.box().height()).isCloseTo(expected.h(), within(1e-3));
        assertThat(face.keyPoints().isPresent()).isEqualTo(withPoints);
        face.keyPoints().ifPresent(p -> {
            List<Point> points = List.of(p.leftEye(), p.rightEye(), p.nose(), p.mouthLeft(), p.mouthRight());
            for (int i = 0; i < 5; i++) {
                assertThat(points.get(i).x()).isCloseTo(expected.points()[2 * i], within(1e-3));
                assertThat(points.get(i).y()).isCloseTo(expected.points()[2 * i + 1], within(1e-3));
            }
        });
    }
}
