package org.vultus.biometrics.quality;

import java.util.List;
import org.vultus.biometrics.outcome.Advice;

/**
 * The judgement of one face.
 *
 * @param unified 0–100, higher is better: how well this face will compare, all components together
 * @param components every component once, in the order of {@link QualityComponent}
 */
public record QualityAssessment(int unified, List<ComponentScore> components) {

    public QualityAssessment {
        components = List.copyOf(components);
    }

    /** What the person should do, the worst component first, each advice once. */
    public List<Advice> advice() {
        return components.stream()
                .filter(c -> c.advice().isPresent())
                .sorted((a, b) -> Integer.compare(a.score(), b.score()))
                .map(c -> c.advice().orElseThrow())
                .distinct()
                .toList();
    }

    public ComponentScore component(QualityComponent component) {
        return components.stream()
                .filter(c -> c.component() == component)
                .findFirst()
                .orElseThrow();
    }
}
