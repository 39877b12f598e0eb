package org.vultus.biometrics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.testkit.DemoPhotos;

/** What anybody may send, through the whole pipeline with the real models: an outcome with advice each time. */
class HostileInputTest {
    /** Its three people look into the camera. */
    private static final int FRONTAL_PHOTO = 3;

    private static FaceModels models;
    private static FaceEngine engine;

    @BeforeAll
    static void open() {
        models = FaceModels.open(ModelPack.bundled());
        engine = new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), models.ports(), (stage, nanoseconds) -> {});
    }

    @AfterAll
    static void close() {
        models.close();
    }

    /** Heads so small are near the limit of the detector, which may miss one on another processor. */
    @Test
    void aCrowdOfSixtyFive() throws IOException {
        byte[] crowd = crowd(65);

        assertThat(accepted(engine.describe(new CapturedSample(crowd))))
                .hasSizeBetween(60, 65)
                .allSatisfy(face -> {
                    assertThat(face.landmarks().interEyeDistance()).isPositive();
                    assertThat(face.quality().unified()).isBetween(0, 100);
                });
        assertRefused(crowd, Reason.SEVERAL_FACES, Advice.ONE_PERSON_ONLY);
    }

    @ParameterizedTest
    @CsvSource({"8001, 5000", "5000, 8001", "65000, 65000", "2147483647, 1", "2147483647, 2147483647"})
    void aSmallFileThatClaimsToBeHuge(int width, int height) throws IOException {
        byte[] bomb = claiming(width, height);
        assertThat(bomb).hasSizeLessThan(1000);
        assertRefused(bomb, Reason.TOO_MANY_PIXELS, Advice.SEND_SMALLER_IMAGE);
    }

    @Test
    void aSinglePixel() throws IOException {
        assertRefused(png(filled(1, 1, Color.GRAY)), Reason.TOO_FEW_PIXELS, Advice.SEND_LARGER_IMAGE);
    }

    @Test
    void nobody() throws IOException {
        BufferedImage wall = filled(1280, 720, new Color(150, 140, 120));
        assertThat(accepted(engine.describe(new CapturedSample(png(wall))))).isEmpty();
        assertRefused(png(wall), Reason.NO_FACE, Advice.LOOK_AT_CAMERA);
        assertRefused(png(filled(1280, 720, Color.BLACK)), Reason.TOO_DARK, Advice.MORE_LIGHT);
        assertRefused(png(filled(1280, 720, Color.WHITE)), Reason.TOO_BRIGHT, Advice.LESS_LIGHT);
        assertRefused(png(filled(32, 9000, Color.GRAY)), Reason.NO_FACE, Advice.LOOK_AT_CAMERA);
    }

    @Test
    void whatIsNoWholePicture() {
        byte[] photo = DemoPhotos.bytes(1);
        byte[] torn = Arrays.copyOf(photo, photo.length / 2);
        assertRefused(new byte[0], Reason.EMPTY_SAMPLE, Advice.RETAKE_PHOTO);
        assertRefused(torn, Reason.CORRUPT_IMAGE, Advice.RETAKE_PHOTO);
        assertRefused(
                "file:///etc/passwd".getBytes(StandardCharsets.US_ASCII),
                Reason.UNSUPPORTED_FORMAT,
                Advice.SEND_JPEG_PNG_OR_WEBP);
        assertRefused(Arrays.copyOf(photo, 10_000_001), Reason.TOO_MANY_BYTES, Advice.SEND_SMALLER_IMAGE);
    }

    /** By whichever way it comes in, and whatever quality is asked. */
    private static void assertRefused(byte[] bytes, Reason reason, Advice advice) {
        for (QualityPolicy policy : List.of(QualityPolicy.ANY, QualityPolicy.SIGN_IN)) {
            Outcome<BiometricProbe> outcome =
                    engine.probe(new CapturedSample(bytes), FaceSelection.SingleFace.STRICT, policy);
            assertThat(refusal(outcome).reason()).isEqualTo(reason);
            assertThat(refusal(outcome).advice()).isEqualTo(advice);
            assertThat(refusal(outcome).detail()).isNotBlank();
        }
        Enrolment enrolment = engine.enrol(
                List.of(new CapturedSample(bytes)),
                FaceSelection.SingleFace.STRICT,
                QualityPolicy.ENROLMENT,
                new TemplateBuilder(0.4, 1));
        assertThat(refusal(enrolment.images().getFirst()).reason()).isEqualTo(reason);
        assertThat(refusal(enrolment.template()).reason()).isEqualTo(Reason.TOO_FEW_IMAGES);
    }

    /** So many heads in rows, each in a cell of its own, 32 pixels wide as the detector sees it. */
    private static byte[] crowd(int count) throws IOException {
        List<BufferedImage> heads = new ArrayList<>();
        byte[] photo = DemoPhotos.bytes(FRONTAL_PHOTO);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(photo));
        for (AssessedFace face : accepted(engine.describe(new CapturedSample(photo)))) {
            heads.add(cut(picture, face.face().box().squared(1.05)));
        }
        int columns = 10;
        int cell = 200;
        BufferedImage crowd = filled(columns * cell, (count + columns - 1) / columns * cell, Color.GRAY);
        Graphics2D g = crowd.createGraphics();
        for (int i = 0; i < count; i++) {
            g.drawImage(heads.get(i % heads.size()), i % columns * cell, i / columns * cell, null);
        }
        g.dispose();
        return png(crowd);
    }

    private static BufferedImage cut(BufferedImage picture, Region region) {
        BufferedImage head = filled(190, 190, Color.GRAY);
        Graphics2D g = head.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        double scale = 190 / region.width();
        g.scale(scale, scale);
        g.translate(-region.x(), -region.y());
        g.drawImage(picture, 0, 0, null);
        g.dispose();
        return head;
    }

    private static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(colour);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** A small PNG whose header is rewritten; bytes 16 to 23 are its size, 29 to 32 the checksum of bytes 12 to 28. */
    private static byte[] claiming(int width, int height) throws IOException {
        byte[] png = png(filled(64, 64, Color.GRAY));
        CRC32 crc = new CRC32();
        ByteBuffer header = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        return png;
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?>(Object value) -> throw new AssertionError(value);
            case Outcome.Refused<?>(Refusal refusal) -> refusal;
        };
    }
}
