package org.vultus.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.EmbeddingBasis;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A folder with {@code model-pack.yaml}, the ONNX files that it names, and optionally {@code operating-points.json} and
 * {@code embedding-basis.bin} and {@code pad-head.json}; or the same in the class path. Opening it reads and checks all but the models; a model file is checked against its SHA-256 whenever
 * it is read, before anything parses it. Immutable, safe to share.
 */
public final class ModelPack {
    static final String MANIFEST = "model-pack.yaml";
    static final String OPERATING_POINTS = "operating-points.json";

    /** The name of the optional file with the axes of the extractor's features. */
    public static final String EMBEDDING_BASIS = "embedding-basis.bin";

    static final String PAD_HEAD = "pad-head.json";
    private static final String BUNDLED = "/org/vultus/models/";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Source source;
    private final PackManifest manifest;
    private final Optional<OperatingPoints> operatingPoints;
    private final Optional<EmbeddingBasis> embeddingBasis;
    private final Optional<PadHeadFile> padHead;

    private ModelPack(Source source) {
        this.source = source;
        this.manifest = readManifest(source);
        this.operatingPoints = OperatingPointsFile.read(source, extractor());
        this.embeddingBasis = readBasis(source, extractor());
        this.padHead = PadHeadFile.read(source, manifest);
    }

    /**
     * The pack in a folder.
     *
     * @throws ModelPackException when it is missing, incomplete or malformed
     */
    public static ModelPack open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelPackException(
                    folder.toString(), "there is no such folder", "Name a folder that holds " + MANIFEST);
        }
        return new ModelPack(new FolderSource(folder));
    }

    /**
     * The pack that is shipped with the program.
     *
     * @throws ModelPackException when the program was built without it
     */
    public static ModelPack bundled() {
        return new ModelPack(new BundledSource());
    }

    public String name() {
        return manifest.name();
    }

    /** Under which licence the model files may be used, as their origin declares it. */
    public String licence() {
        return manifest.licence();
    }

    /** Which extractor the pack holds: the SHA-256 that its file must have. */
    public ExtractorId extractor() {
        return new ExtractorId(manifest.extractor().sha256());
    }

    /** The calibrated thresholds of the pack's extractor; empty until the pack is calibrated. */
    public Optional<OperatingPoints> operatingPoints() {
        return operatingPoints;
    }

    /** How the thresholds were measured and what they cost; empty where the calibration does not tell. */
    public Optional<ErrorRates> errorRates() {
        return ErrorRates.read(source);
    }

    /** In which directions the features of the pack's extractor differ; empty until the pack is calibrated. */
    public Optional<EmbeddingBasis> embeddingBasis() {
        return embeddingBasis;
    }

    /** The trained head of the passive check; empty where the pack has none, and the liveness network stands alone. */
    public Optional<PadHeadFile> padHead() {
        return padHead;
    }

    /** What a browser may have of this pack; empty where the pages could not use it, or its licence does not say that they may. */
    public Optional<BrowserModels> browserModels() {
        return BrowserModels.of(manifest);
    }

    /**
     * The file of one of the {@link #browserModels()}.
     *
     * @param sha256 of that file
     */
    public Optional<byte[]> browserModel(String sha256) {
        return browserModels()
                .flatMap(models -> Stream.<PackManifest.Model>of(manifest.detector(), manifest.landmarks())
                        .filter(model -> model.sha256().equals(sha256))
                        .findFirst()
                        .map(this::read));
    }

    PackManifest manifest() {
        return manifest;
    }

    /** What messages call a file of this pack. */
    String describe(String file) {
        return source.describe(file);
    }

    /** The bytes of a model file, whose SHA-256 is the one that the manifest states. */
    byte[] read(PackManifest.Model model) {
        String file = source.describe(model.file());
        byte[] bytes = source.require(model.file());
        String actual;
        try {
            actual = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        if (!actual.equals(model.sha256())) {
            throw new ModelPackException(
                    file,
                    "its SHA-256 is %s but %s states %s".formatted(actual, MANIFEST, model.sha256()),
                    source.remedy());
        }
        return bytes;
    }

    private static Optional<EmbeddingBasis> readBasis(Source source, ExtractorId extractor) {
        String remedy = "Run the calibration again with this pack, or delete the file";
        Optional<EmbeddingBasis> basis;
        try {
            basis = source.find(EMBEDDING_BASIS).map(EmbeddingBasis::read);
        } catch (IllegalArgumentException e) {
            throw new ModelPackException(source.describe(EMBEDDING_BASIS), String.valueOf(e.getMessage()), remedy, e);
        }
        basis.filter(found -> !found.extractor().equals(extractor)).ifPresent(foreign -> {
            throw new ModelPackException(
                    source.describe(EMBEDDING_BASIS),
                    "it was measured with the extractor %s, but the pack holds %s"
                            .formatted(foreign.extractor().sha256(), extractor.sha256()),
                    remedy);
        });
        return basis;
    }

    private static PackManifest readManifest(Source source) {
        byte[] yaml = source.require(MANIFEST);
        try {
            PackManifest manifest = YAML.readValue(yaml, PackManifest.class);
            if (manifest == null) {
                throw new ModelPackException(source.describe(MANIFEST), "it is empty", source.remedy());
            }
            return manifest;
        } catch (JacksonException e) {
            throw new ModelPackException(
                    source.describe(MANIFEST),
                    explain(e),
                    "Correct it after the model-pack.yaml that is shipped with Vultus",
                    e);
        }
    }

    /** Where in the text, and what; without Jackson's own words where they would not help. */
    static String explain(JacksonException e) {
        String at = e.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        String problem = switch (e) {
            case UnrecognizedPropertyException unknown -> "the key is not known";
            case JacksonException x
            when x.getCause() instanceof IllegalArgumentException ours -> String.valueOf(ours.getMessage());
            case MismatchedInputException x
            when x.getOriginalMessage().startsWith("Missing creator property") -> "the key is missing";
            case InvalidFormatException x ->
                "'%s' is not a %s".formatted(x.getValue(), x.getTargetType().getSimpleName());
            case MismatchedInputException x -> "the value is missing or of the wrong kind";
            default -> String.valueOf(e.getOriginalMessage());
        };
        TokenStreamLocation where = e.getLocation();
        String line = where != null && where.getLineNr() > 0 ? " (line " + where.getLineNr() + ")" : "";
        return (at.isEmpty() ? "" : at + ": ") + problem + line;
    }

    /** Where the files of a pack are. */
    sealed interface Source {

        /** The bytes of a file of the pack, or empty where there is no such file. */
        Optional<byte[]> find(String file);

        /** What messages call a file. */
        String describe(String file);

        /** What to do about a missing or damaged file. */
        String remedy();

        default byte[] require(String file) {
            return find(file)
                    .orElseThrow(() -> new ModelPackException(describe(file), "the file is missing", remedy()));
        }
    }

    private record FolderSource(Path folder) implements Source {
        @Override
        public Optional<byte[]> find(String file) {
            try {
                return Optional.of(Files.readAllBytes(folder.resolve(file)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new ModelPackException(
                        describe(file), "it cannot be read", "Check its permissions and the disk", e);
            }
        }

        @Override
        public String describe(String file) {
            return folder.resolve(file).toString();
        }

        @Override
        public String remedy() {
            return "Copy the pack's files again from where they came, or correct " + MANIFEST;
        }
    }

    private record BundledSource() implements Source {
        @Override
        public Optional<byte[]> find(String file) {
            try (InputStream in = ModelPack.class.getResourceAsStream(BUNDLED + file)) {
                return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
            } catch (IOException e) {
                throw new ModelPackException(describe(file), "it cannot be read", remedy(), e);
            }
        }

        @Override
        public String describe(String file) {
            return "bundled " + file;
        }

        @Override
        public String remedy() {
            return "Build the program again with its module models, or name a folder with a model pack";
        }
    }
}
