package org.vultus.evaluation.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vultus.biometrics.decide.ComparisonDecision;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.RefusalReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vultus compare}. */
@Command(
        name = "compare",
        description = "Decides for each further photo whether it shows the person of the first one.",
        footer = {
            "",
            "Each photo must show one face; people far behind it are ignored. \"score_fmr\" is the score on "
                    + "the error-rate scale: how often two different people score at least as high."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every photo shows the person of the first one",
            "1:at least one does not",
            "2:a photo could not be used, or the arguments are wrong"
        })
public final class CompareCommand implements Callable<Integer> {

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PHOTO", arity = "2..*", description = "JPEG, PNG or WebP files.")
    private List<Path> photos = List.of();

    @Option(
            names = "--fmr",
            paramLabel = "RATE",
            description =
                    "Decide at this false match rate (default: 1e-4); the strictest calibrated point is the limit.")
    private double fmr = OperatingPoints.DEFAULT_FMR;

    /**
     * One decision; its component names are the keys of the JSON.
     *
     * @param demonstrated whether the calibration sample was large enough to show the rate of the threshold
     * @param refused which of the two could not be used
     */
    private record Compared(
            String first,
            String second,
            Optional<Boolean> match,
            Optional<Double> score,
            @JsonProperty("score_fmr") Optional<Double> scoreFmr,
            Optional<Double> threshold,
            @JsonProperty("threshold_fmr") Optional<Double> thresholdFmr,
            Optional<Boolean> demonstrated,
            Optional<String> refused,
            Optional<RefusalReport> refusal) {

        static Compared decided(Path first, Path second, ComparisonDecision decision) {
            return new Compared(
                    first.toString(),
                    second.toString(),
                    Optional.of(decision.match()),
                    Optional.of(decision.score().cosine()),
                    Optional.of(decision.scoreFmr()),
                    Optional.of(decision.point().threshold()),
                    Optional.of(decision.point().fmr()),
                    Optional.of(decision.point().demonstrated()),
                    Optional.empty(),
                    Optional.empty());
        }

        static Compared refused(Path first, Path second, Path culprit, Refusal refusal) {
            return new Compared(
                    first.toString(),
                    second.toString(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(culprit.toString()),
                    Optional.of(RefusalReport.of(refusal)));
        }
    }

    @Override
    public Integer call() {
        List<Compared> results = new ArrayList<>();
        try (Engine.Opened opened = engine.openWithoutLiveness()) {
            OperatingPoints points = opened.operatingPoints();
            OperatingPoint point = point(points);
            for (Path photo : photos) {
                Engine.requireFile(photo);
            }
            Path first = photos.getFirst();
            Outcome<BiometricProbe> reference = probe(opened, first);
            for (Path second : photos.subList(1, photos.size())) {
                results.add(
                        switch (reference) {
                            case Outcome.Refused<BiometricProbe>(Refusal refusal) ->
                                Compared.refused(first, second, first, refusal);
                            case Outcome.Accepted<BiometricProbe>(BiometricProbe known) ->
                                switch (probe(opened, second)
                                        .then(probe -> opened.face().compare(probe, known.features(), point, points))) {
                                    case Outcome.Refused<ComparisonDecision>(Refusal refusal) ->
                                        Compared.refused(first, second, second, refusal);
                                    case Outcome.Accepted<ComparisonDecision>(ComparisonDecision decision) ->
                                        Compared.decided(first, second, decision);
                                };
                        });
            }
        }
        spec.commandLine().getOut().println(Json.write(results));
        if (results.stream().anyMatch(r -> r.refusal().isPresent())) {
            return 2;
        }
        return results.stream().allMatch(r -> r.match().orElseThrow()) ? 0 : 1;
    }

    private OperatingPoint point(OperatingPoints points) {
        try {
            return points.atMost(fmr);
        } catch (IllegalArgumentException e) {
            throw new UserError("--fmr " + fmr + ": " + e.getMessage());
        }
    }

    private static Outcome<BiometricProbe> probe(Engine.Opened opened, Path photo) {
        return Engine.Opened.read(photo).then(sample -> {
            try (sample) {
                return opened.face().probe(sample, FaceSelection.SingleFace.TOLERATE_BACKGROUND, QualityPolicy.ANY);
            }
        });
    }
}
