package org.vultus.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.liveness.PadHead;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trained head of the passive check as a file, {@code pad-head.json} in a model pack: for which networks it is, what it was
 * trained on, and its weights. Immutable.
 *
 * @param format the version of this format, 2
 * @param livenessSha256 the liveness network that it was trained with
 * @param extractorSha256 the extractor that it was trained with
 * @param values what is read of these two
 * @param training how it came about
 * @param calibrations the sites that moved it to their own threshold, oldest first
 * @param head the weights
 */
public record PadHeadFile(
        int format,
        String livenessSha256,
        String extractorSha256,
        Values values,
        Training training,
        List<Calibration> calibrations,
        PadHead head) {

    private static final int FORMAT = 2;
    private static final String REMEDY =
            "Use a head that was trained with this model pack (./vultus pad train makes one), or none";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Names of inner values of the networks.
     *
     * @param context of the liveness network: its features before the last layer
     * @param texture of the extractor: maps of channels
     */
    public record Values(String context, List<String> texture) {

        /** Those of the default pack: 512 features, and the 64, 128, 128 and 128 channels of four early layers. */
        public static final Values DEFAULT = new Values("578", List.of("395", "427", "471", "503"));

        public Values {
            texture = List.copyOf(texture);
        }
    }

    /**
     * How the weights came about.
     *
     * @param date ISO 8601
     * @param vultus the version of the program
     */
    public record Training(String date, String vultus, List<Source> sources) {
        public Training {
            sources = List.copyOf(sources);
        }
    }

    /** So many images of live people and of attacks. */
    public record Source(String name, int bonaFide, int attacks) {}

    /**
     * A site's own threshold.
     *
     * @param bpcer what was asked for
     * @param images of live people
     * @param shift what was added to the log-odds
     */
    public record Calibration(String date, double bpcer, int images, double shift) {}

    public PadHeadFile {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format %d is not known, only %d is".formatted(format, FORMAT));
        }
        calibrations = List.copyOf(calibrations);
    }

    /** A head that was just trained on a pack's networks. */
    public static PadHeadFile of(ModelPack pack, PadHead head, Training training) {
        return new PadHeadFile(
                FORMAT,
                pack.manifest().liveness().sha256(),
                pack.extractor().sha256(),
                Values.DEFAULT,
                training,
                List.of(),
                head);
    }

    /**
     * Reads a file and checks that it is for the networks of this pack.
     *
     * @throws ModelPackException when it is missing, malformed, or another pack's
     */
    public static PadHeadFile read(Path file, ModelPack pack) {
        try {
            return parse(Files.readAllBytes(file), file.toString(), pack.manifest());
        } catch (NoSuchFileException e) {
            throw new ModelPackException(file.toString(), "the file is missing", REMEDY, e);
        } catch (IOException e) {
            throw new ModelPackException(file.toString(), "it cannot be read", "Check its permissions and the disk", e);
        }
    }

    /** The head of the pack itself, or empty where it has none. */
    static Optional<PadHeadFile> read(ModelPack.Source source, PackManifest manifest) {
        return source.find(ModelPack.PAD_HEAD).map(json -> parse(json, source.describe(ModelPack.PAD_HEAD), manifest));
    }

    private static PadHeadFile parse(byte[] json, String name, PackManifest manifest) {
        try {
            PadHeadFile file = JSON.readValue(json, PadHeadFile.class);
            if (file == null) {
                throw new ModelPackException(name, "it is empty", REMEDY);
            }
            check(
                    name,
                    "liveness network",
                    file.livenessSha256,
                    manifest.liveness().sha256());
            check(name, "extractor", file.extractorSha256, manifest.extractor().sha256());
            return file;
        } catch (JacksonException e) {
            throw new ModelPackException(name, ModelPack.explain(e), REMEDY, e);
        } catch (IllegalArgumentException e) {
            throw new ModelPackException(name, String.valueOf(e.getMessage()), REMEDY, e);
        }
    }

    private static void check(String name, String role, String trained, String held) {
        if (!trained.equals(held)) {
            throw new ModelPackException(
                    name,
                    "it was trained with the %s %s, but the pack holds %s".formatted(role, trained, held),
                    REMEDY);
        }
    }

    /** The same with every score moved; the record says so. */
    public PadHeadFile calibrated(Calibration calibration) {
        List<Calibration> all = new ArrayList<>(calibrations);
        all.add(calibration);
        return new PadHeadFile(
                format, livenessSha256, extractorSha256, values, training, all, head.shifted(calibration.shift()));
    }

    /** The text of the file; reading it gives an equal head. */
    public String json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }
}
