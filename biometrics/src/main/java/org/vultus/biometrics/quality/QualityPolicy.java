package org.vultus.biometrics.quality;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;

/**
 * What quality a face must have for a purpose. Immutable.
 *
 * @param minimumUnified 0–100
 * @param minimum 0–100 for each component; one that is absent is not asked for
 */
public record QualityPolicy(int minimumUnified, Map<QualityComponent, Integer> minimum) {

    /** Asks for nothing: for describing and evaluating images, not for attempts of people at a camera. */
    public static final QualityPolicy ANY = new QualityPolicy(0, Map.of());

    /** A reference is compared for years: whatever would come with advice is refused. */
    public static final QualityPolicy ENROLMENT = everyComponent(60, QualityAssessor.ADVICE_BELOW);

    /** A probe is soon taken again: only what could hardly be compared is refused. */
    public static final QualityPolicy SIGN_IN =
            everyComponent(25, 10).without(QualityComponent.CENTRING).without(QualityComponent.MOUTH_CLOSED);

    public QualityPolicy {
        EnumMap<QualityComponent, Integer> copy = new EnumMap<>(QualityComponent.class);
        copy.putAll(minimum);
        minimum = Collections.unmodifiableMap(copy);
    }

    /** The same minimum for every component. */
    public static QualityPolicy everyComponent(int minimumUnified, int minimum) {
        return new QualityPolicy(
                minimumUnified,
                Arrays.stream(QualityComponent.values()).collect(Collectors.toMap(c -> c, c -> minimum)));
    }

    private QualityPolicy without(QualityComponent component) {
        EnumMap<QualityComponent, Integer> fewer = new EnumMap<>(minimum);
        fewer.remove(component);
        return new QualityPolicy(minimumUnified, fewer);
    }

    /** The assessment itself, or {@link Reason#LOW_QUALITY} with the components that failed, the worst one first. */
    public Outcome<QualityAssessment> check(QualityAssessment assessment) {
        List<ComponentScore> failed = assessment.components().stream()
                .filter(c -> c.score() < minimum.getOrDefault(c.component(), 0))
                .sorted(Comparator.comparingInt(ComponentScore::score))
                .toList();
        if (failed.isEmpty() && assessment.unified() >= minimumUnified) {
            return Outcome.accepted(assessment);
        }
        List<ComponentScore> named = failed.isEmpty()
                ? assessment.components().stream()
                        .sorted(Comparator.comparingInt(ComponentScore::score))
                        .limit(3)
                        .toList()
                : failed;
        String worst = named.stream().map(c -> c.component() + " " + c.score()).collect(Collectors.joining(", "));
        String detail =
                "quality %d, at least %d is asked; worst: %s".formatted(assessment.unified(), minimumUnified, worst);
        List<Advice> hints =
                named.stream().flatMap(c -> c.advice().stream()).distinct().toList();
        return new Outcome.Refused<>(
                hints.isEmpty()
                        ? new Refusal(Reason.LOW_QUALITY, detail)
                        : new Refusal(Reason.LOW_QUALITY, detail, hints));
    }
}
