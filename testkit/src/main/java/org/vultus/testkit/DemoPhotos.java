package org.vultus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.DecodedImage;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Refusal;

/**
 * The six group photos with 22 faces of the npm package {@code @vladmandic/face-api} 1.7.15 (MIT), which the build fetches
 * beside the models. They are the real faces that a clean clone is tested with; they are never committed.
 */
public final class DemoPhotos {

    public static final int COUNT = 6;

    /** How many faces stand in photo 1 to 6. */
    private static final int[] FACES = {3, 3, 3, 4, 5, 4};

    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    private DemoPhotos() {}

    /** @param number 1 to {@value #COUNT} */
    public static int faces(int number) {
        return FACES[Objects.checkIndex(number - 1, COUNT)];
    }

    /** @param number 1 to {@value #COUNT} */
    public static Path path(int number) {
        Objects.checkIndex(number - 1, COUNT);
        return repository().resolve("models/node_modules/@vladmandic/face-api/demo/sample" + number + ".jpg");
    }

    /** The encoded photo. */
    public static byte[] bytes(int number) {
        try {
            return Files.readAllBytes(path(number));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "In a checkout, build the module `models` first: it fetches the demo photos", e);
        }
    }

    /** The decoded photo. */
    public static RgbImage pixels(int number) {
        return switch (DECODER.decode(new CapturedSample(bytes(number)))) {
            case Outcome.Accepted<DecodedImage>(DecodedImage image) -> image.pixels();
            case Outcome.Refused<DecodedImage>(Refusal refusal) -> throw new IllegalStateException(refusal.detail());
        };
    }

    /** The evaluation photos that lie beside some checkouts; a test that wants them skips where they are not. */
    public static Path evaluationData() {
        return repository().resolveSibling("shared").resolve("data");
    }

    /**
     * The root of the checkout: what {@code ./vultus} says, or the nearest folder upwards that holds the model pack. Outside of a checkout the
     * folder itself, in which there are no photos.
     */
    private static Path repository() {
        Path home = Path.of(System.getProperty("vultus.home", "")).toAbsolutePath();
        Path folder = home;
        while (folder != null && !Files.exists(folder.resolve("models/model-pack.yaml"))) {
            folder = folder.getParent();
        }
        return folder == null ? home : folder;
    }
}
