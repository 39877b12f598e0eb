package org.vultus.server.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.subject.Role;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.onnx.ErrorRates;
import org.vultus.onnx.ModelPack;

/** The models in use and the error rates that they were calibrated for. */
@RestController
@Tag(name = "Model pack")
final class ModelPackController {
    private final ModelPack pack;
    private final OperatingPoints points;

    ModelPackController(ModelPack pack, OperatingPoints points) {
        this.pack = pack;
        this.points = points;
    }

    /**
     * A rate that a decision can be made at. Its threshold is not told: it means nothing without the models.
     *
     * @param demonstrated whether the calibration sample was large enough to show this rate; otherwise it is extrapolated
     */
    record PointJson(double fmr, boolean demonstrated) {}

    /** @param fnmr false non-match rate at the threshold of this FMR, image against image */
    record RateJson(double fmr, double fnmr, boolean demonstrated) {}

    /** Both error rates of one threshold. */
    record CostJson(double fmr, double fnmr) {}

    /**
     * How the thresholds were measured.
     *
     * @param source what was measured on
     * @param mated comparisons of one person with themself
     * @param nonMated comparisons of two people
     * @param curve of both errors (DET), as far as the sample shows it
     */
    record MeasuredJson(
            String source, int people, long mated, long nonMated, List<RateJson> rates, List<CostJson> curve) {

        static MeasuredJson of(ErrorRates measured) {
            return new MeasuredJson(
                    measured.source(),
                    measured.people(),
                    measured.mated(),
                    measured.nonMated(),
                    measured.rates().stream()
                            .map(rate -> new RateJson(rate.fmr(), rate.fnmr(), rate.demonstrated()))
                            .toList(),
                    measured.curve().stream()
                            .map(cost -> new CostJson(cost.fmr(), cost.fnmr()))
                            .toList());
        }
    }

    /** @param measured absent where the calibration of the pack does not tell */
    record ModelPackJson(
            String name,
            String licence,
            String extractor,
            List<PointJson> operatingPoints,
            @Nullable MeasuredJson measured) {}

    @GetMapping("/api/model-pack")
    @Operation(summary = "The models in use, and the false match rates that they were calibrated for")
    ModelPackJson show(Caller caller) {
        caller.require(Role.ENROLMENT_OFFICER, Role.DEPARTMENT_MANAGER, Role.AUDITOR);
        return new ModelPackJson(
                pack.name(),
                pack.licence(),
                pack.extractor().sha256(),
                points.points().stream()
                        .map(point -> new PointJson(point.fmr(), point.demonstrated()))
                        .toList(),
                pack.errorRates().map(MeasuredJson::of).orElse(null));
    }
}
