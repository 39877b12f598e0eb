package org.vultus.onnx;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the thresholds of a pack were measured, and what they cost (ISO/IEC 19795-1): for people to read, not to decide by. Immutable.
 *
 * @param source what was measured on, in words
 * @param people how many different people there were
 * @param mated comparisons of two images of one person
 * @param nonMated comparisons of images of two people
 * @param rates by falling FMR
 * @param curve of both errors, by falling FMR; empty where the calibration does not tell
 */
public record ErrorRates(String source, int people, long mated, long nonMated, List<Rate> rates, List<Cost> curve) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * Both errors of one threshold.
     *
     * @param fmr false match rate
     * @param fnmr false non-match rate, image against image
     * @param demonstrated whether the sample was large enough to show the FMR; otherwise it is extrapolated
     */
    public record Rate(double fmr, double fnmr, boolean demonstrated) {}

    /** Both errors of one threshold, image against image. */
    public record Cost(double fmr, double fnmr) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record File(
            @Nullable String source,
            @Nullable Integer people,
            @Nullable Group mated,
            @Nullable Group nonMated,
            List<Point> operatingPoints,
            @Nullable List<Cost> det) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Group(long comparisons) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Point(double fmr, @Nullable Double fnmr, boolean demonstrated) {}

    public ErrorRates {
        rates = List.copyOf(rates);
        curve = List.copyOf(curve);
    }

    /** Empty where the pack has no calibration, or one that does not tell what its thresholds cost. */
    static Optional<ErrorRates> read(ModelPack.Source source) {
        return source.find(ModelPack.OPERATING_POINTS).flatMap(ErrorRates::parse);
    }

    static Optional<ErrorRates> parse(byte[] json) {
        File file;
        try {
            file = JSON.readValue(json, File.class);
        } catch (JacksonException e) {
            // What is needed to decide was read elsewhere, and told there.
            return Optional.empty();
        }
        if (file.source == null
                || file.people == null
                || file.mated == null
                || file.nonMated == null
                || file.operatingPoints.stream().anyMatch(point -> point.fnmr == null)) {
            return Optional.empty();
        }
        return Optional.of(new ErrorRates(
                file.source,
                file.people,
                file.mated.comparisons,
                file.nonMated.comparisons,
                file.operatingPoints.stream()
                        .map(point -> new Rate(
                                point.fmr, Optional.ofNullable(point.fnmr).orElseThrow(), point.demonstrated))
                        .sorted((one, other) -> Double.compare(other.fmr, one.fmr))
                        .toList(),
                file.det == null ? List.of() : file.det));
    }
}
