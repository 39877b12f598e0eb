package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.SyntheticProbes;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.Identification;

class EnrolmentScoresTest {
    private static final TemplateBuilder BUILDER = new TemplateBuilder(0.3, 1);

    /** Ann and Bob have three images, Cleo one; Bob's last image looks like Ann. */
    private static final Map<String, Outcome<BiometricProbe>> PROBES = new TreeMap<>(Map.of(
            "ann/1", SyntheticProbes.probe(SyntheticProbes.features(1, 0, 0)),
            "ann/2", SyntheticProbes.probe(SyntheticProbes.features(1, 0, 0)),
            "ann/3", SyntheticProbes.probe(SyntheticProbes.features(0.8, 0.6, 0)),
            "bob/1", SyntheticProbes.probe(SyntheticProbes.features(0, 1, 0)),
            "bob/2", SyntheticProbes.probe(SyntheticProbes.features(0, 1, 0)),
            "bob/3", SyntheticProbes.probe(SyntheticProbes.features(0.8, 0.6, 0)),
            "cleo/1", SyntheticProbes.probe(SyntheticProbes.features(0.6, 0, 0.8))));

    @Test
    void everyProbeMeetsEveryReference() {
        EnrolmentScores scores = scores(PROBES, 2);

        assertThat(scores.people()).isEqualTo(2);
        assertThat(scores.notEnrolled()).isZero();
        assertThat(scores.mated()).containsExactly(new double[] {0.8, 0.6}, within(1e-6));
        // Ann's probe with Bob's reference, Bob's with Ann's, then Cleo, who is not enrolled, with both.
        assertThat(scores.nonMated()).containsExactly(new double[] {0.6, 0.8, 0.6, 0}, within(1e-6));
        assertThat(scores.best()).containsExactly(new double[] {0.6, 0.8}, within(1e-6));
        assertThat(scores.strangers()).containsExactly(new double[] {0.6}, within(1e-6));
        assertThat(scores.probes()).containsExactly("ann/3", "bob/3", "cleo/1");
        assertThat(scores.rivals()).containsExactly("bob", "ann", "ann");
        assertThat(scores.kinds()).containsExactly(true, true, false, false, false, false);
        assertThat(Identification.of(2, scores.mated(), scores.best(), scores.strangers())
                        .rank1())
                .isEqualTo(0.5);
    }

    @Test
    void whoCannotBeEnrolledOrAcquiredIsMissed() {
        Map<String, Outcome<BiometricProbe>> probes = new TreeMap<>(PROBES);
        probes.put("bob/1", SyntheticProbes.refused(Reason.NO_FACE));
        probes.put("bob/2", SyntheticProbes.refused(Reason.NO_FACE));
        probes.put("ann/3", SyntheticProbes.refused(Reason.CORRUPT_IMAGE));

        EnrolmentScores scores = scores(probes, 2);

        assertThat(scores.notEnrolled()).isEqualTo(1);
        assertThat(scores.mated()).containsExactly(ErrorRates.FAILED, ErrorRates.FAILED);
        assertThat(scores.nonMated()).as("nothing is left out").hasSize(4);
    }

    @Test
    void theFirstImagesByNameMakeTheReference() {
        assertThat(scores(PROBES, 1).probes()).containsExactly("ann/2", "ann/3", "bob/2", "bob/3", "cleo/1");
    }

    @Test
    void nobodyLeftToCompareIsSaid() {
        assertThatThrownBy(() -> scores(PROBES, 3))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("more than 3 images");
    }

    @Test
    void aCrowdIsToldApartTheSameWayEachTime() {
        Map<String, Outcome<BiometricProbe>> crowd = SyntheticProbes.crowd(40, 4, 0.7);

        EnrolmentScores once = scores(crowd, 3);
        EnrolmentScores again = scores(crowd, 3);

        assertThat(once.nonMated()).isEqualTo(again.nonMated()).hasSize(40 * 39);
        assertThat(Arrays.stream(once.mated()).min().orElseThrow())
                .isGreaterThan(Arrays.stream(once.nonMated()).max().orElseThrow());
    }

    private static EnrolmentScores scores(Map<String, Outcome<BiometricProbe>> probes, int enrolled) {
        SortedMap<String, List<String>> people = new TreeMap<>();
        for (String image : probes.keySet()) {
            people.merge(
                    image.substring(0, image.indexOf('/')),
                    List.of(image),
                    (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream())
                            .toList());
        }
        return EnrolmentScores.of(people, enrolled, BUILDER, ImageRun.of(probes.keySet(), probes::get, 2));
    }
}
