package org.vultus.onnx;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.embed.ExtractorId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of {@code operating-points.json}, as calibration writes it. Other keys than these tell how it was measured
 * and are not read here.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record OperatingPointsFile(int format, String extractorSha256, List<Entry> operatingPoints) {

    private static final int FORMAT = 1;
    private static final String REMEDY = "Run the calibration again with this pack, or delete the file";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(double fmr, double threshold, boolean demonstrated) {}

    OperatingPointsFile {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format %d is not known, only %d is".formatted(format, FORMAT));
        }
    }

    /** The operating points of the pack, or empty where it has no such file; refused when they are another extractor's. */
    static Optional<OperatingPoints> read(ModelPack.Source source, ExtractorId extractor) {
        return source.find(ModelPack.OPERATING_POINTS).map(json -> {
            String name = source.describe(ModelPack.OPERATING_POINTS);
            try {
                return JSON.readValue(json, OperatingPointsFile.class).check(name, extractor);
            } catch (JacksonException e) {
                throw new ModelPackException(name, ModelPack.explain(e), REMEDY, e);
            } catch (IllegalArgumentException e) {
                throw new ModelPackException(name, String.valueOf(e.getMessage()), REMEDY, e);
            }
        });
    }

    private OperatingPoints check(String name, ExtractorId extractor) {
        if (!extractorSha256.equals(extractor.sha256())) {
            throw new ModelPackException(
                    name,
                    "it was measured with the extractor %s, but the pack holds %s"
                            .formatted(extractorSha256, extractor.sha256()),
                    REMEDY);
        }
        return new OperatingPoints(
                extractor,
                operatingPoints.stream()
                        .map(e -> new OperatingPoint(e.fmr(), e.threshold(), e.demonstrated()))
                        .toList());
    }
}
