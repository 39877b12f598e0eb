package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FivePoints;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

class LetterboxTest {
    private static final ImageInput INPUT =
            new ImageInput(320, 240, ImageInput.Channels.RGB, List.of(127.0), List.of(128.0));

    @Test
    void aWideImageGetsBarsAboveAndBelow() {
        Letterbox letterbox = Letterbox.of(new RgbImage(1280, 720), INPUT);
        assertThat(letterbox.scale()).isEqualTo(4);
        assertThat(letterbox.region()).isEqualTo(new Region(0, -120, 1280, 960));
    }

    @Test
    void facesComeBackInPixelsOfTheImage() {
        Letterbox letterbox = Letterbox.of(new RgbImage(1280, 720), INPUT);
        Point p = new Point(1, 31);
        DetectedFace face = letterbox.toImage(
                new DetectedFace(new Region(10, 40, 20, 30), 0.9, Optional.of(new FivePoints(p, p, p, p, p))));
        assertThat(face.box()).isEqualTo(new Region(40, 40, 80, 120));
        assertThat(face.keyPoints().orElseThrow().nose()).isEqualTo(new Point(4, 4));
        assertThat(face.confidence()).isEqualTo(0.9);
    }

    @Property(seed = "20261121")
    void showsTheWholeImageUndistorted(
            @ForAll @IntRange(min = 1, max = 3000) int w, @ForAll @IntRange(min = 1, max = 300) int h) {
        Letterbox letterbox = Letterbox.of(new RgbImage(w, h), INPUT);
        Region region = letterbox.region();
        assertThat(region.width() / region.height()).isCloseTo(320.0 / 240, within(1e-9));
        assertThat(region.x()).isLessThanOrEqualTo(1e-9);
        assertThat(region.y()).isLessThanOrEqualTo(1e-9);
        assertThat(region.x() + region.width()).isGreaterThanOrEqualTo(w - 1e-9);
        assertThat(region.y() + region.height()).isGreaterThanOrEqualTo(h - 1e-9);
        assertThat(Math.min(-region.x(), -region.y())).isCloseTo(0, within(1e-9));
    }
}
