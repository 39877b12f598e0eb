package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.metrics.ErrorRates;

/** Images are named after the direction of their features in degrees, so that scores are cosines of differences. */
class EnrolmentScoresTest {
    private static final Offset<Double> ROUNDING = within(1e-6);
    private static final TemplateBuilder BUILDER = new TemplateBuilder(Probes.score(30), 1);

    @Test
    void everybodyIsComparedWithEverybody() {
        // Ann is enrolled at 10°, Bob at 100°; Carl has too few images and is a stranger.
        EnrolmentScores scores = scores(
                2,
                Map.of(
                        "ann", List.of("a/0", "a/20", "a/15"),
                        "bob", List.of("b/90", "b/110", "b/60", "b/100"),
                        "carl", List.of("c/40", "c/200")));

        assertThat(scores.people()).isEqualTo(2);
        assertThat(scores.notEnrolled()).isZero();
        assertThat(scores.probes().subList(0, 3)).containsExactly("a/15", "b/60", "b/100");
        assertThat(scores.mated()).containsExactly(angles(5, 40, 0), ROUNDING);
        assertThat(scores.best()).containsExactly(angles(85, 50, 90), ROUNDING);
        assertThat(scores.strangers()).containsExactly(angles(30, 100), ROUNDING);
        assertThat(scores.nonMated()).containsExactly(angles(85, 50, 90, 30, 60, 190, 100), ROUNDING);
        assertThat(scores.all()).hasSize(10).startsWith(scores.mated()).endsWith(scores.nonMated());
        assertThat(scores.kinds()).containsExactly(true, true, true, false, false, false, false, false, false, false);
    }

    @Test
    void aRefusedProbeFailsAgainstEverybody() {
        EnrolmentScores scores = scores(1, Map.of("ann", List.of("a/0", "a/refused"), "bob", List.of("b/90", "b/80")));

        assertThat(scores.mated()[0]).isEqualTo(ErrorRates.FAILED);
        assertThat(scores.best()[0]).isEqualTo(ErrorRates.FAILED);
        assertThat(scores.nonMated()[0]).isEqualTo(ErrorRates.FAILED);
        assertThat(scores.mated()[1]).isCloseTo(Probes.score(10), ROUNDING);
    }

    @Test
    void aRefusedEnrolmentImageIsLeftOut() {
        EnrolmentScores scores =
                scores(2, Map.of("ann", List.of("a/0", "a/refused", "a/10"), "bob", List.of("b/90", "b/90", "b/90")));

        assertThat(scores.notEnrolled()).isZero();
        assertThat(scores.mated()).containsExactly(angles(10, 0), ROUNDING);
    }

    @Test
    void aPersonWithoutATemplateIsMissedAndNeverFound() {
        // Bob's enrolment images show two people, Carl's nobody.
        EnrolmentScores scores = scores(
                2,
                Map.of(
                        "ann", List.of("a/0", "a/0", "a/10"),
                        "bob", List.of("b/90", "b/180", "b/90"),
                        "carl", List.of("c/refused", "c/refused2", "c/0")));

        assertThat(scores.people()).isEqualTo(3);
        assertThat(scores.notEnrolled()).isEqualTo(2);
        assertThat(scores.mated()[0]).isCloseTo(Probes.score(10), ROUNDING);
        assertThat(Arrays.copyOfRange(scores.mated(), 1, 3)).containsOnly(ErrorRates.FAILED);
        // Against Bob and Carl nobody scores; Bob's and Carl's probes score against Ann alone.
        assertThat(scores.best()).containsExactly(ErrorRates.FAILED, scores.nonMated()[2], scores.nonMated()[4]);
        assertThat(scores.nonMated()[4]).isCloseTo(1, ROUNDING);
        assertThat(scores.nonMated()).hasSize(6).endsWith(ErrorRates.FAILED);
    }

    @Test
    void fewerThanTwoPeopleWithEnoughImagesAreRefused() {
        assertThatThrownBy(() -> scores(1, Map.of("ann", List.of("a/0", "a/1"), "bob", List.of("b/90"))))
                .isInstanceOf(UserError.class)
                .hasMessage("at least two people with more than 1 images are needed");
    }

    @Test
    void theOrderIsTheSameForAnyNumberOfThreads() {
        SortedMap<String, List<String>> people = new TreeMap<>();
        for (int person = 0; person < 30; person++) {
            String name = "%02d".formatted(person);
            people.put(name, List.of(name + "/" + 3 * person, name + "/" + 3 * person + 1, name + "/" + 5 * person));
        }
        List<String> images = people.values().stream().flatMap(List::stream).toList();
        EnrolmentScores one =
                EnrolmentScores.of(people, 1, BUILDER, ImageRun.of(images, EnrolmentScoresTest::probe, 1));
        EnrolmentScores four =
                EnrolmentScores.of(people, 1, BUILDER, ImageRun.of(images, EnrolmentScoresTest::probe, 4));

        assertThat(four.mated()).isEqualTo(one.mated()).hasSize(60);
        assertThat(four.nonMated()).isEqualTo(one.nonMated()).hasSize(60 * 29);
        assertThat(four.best()).isEqualTo(one.best());
    }

    private static EnrolmentScores scores(int enrolled, Map<String, List<String>> people) {
        List<String> images = people.values().stream().flatMap(List::stream).toList();
        return EnrolmentScores.of(
                new TreeMap<>(people), enrolled, BUILDER, ImageRun.of(images, EnrolmentScoresTest::probe, 2));
    }

    private static Outcome<BiometricProbe> probe(String image) {
        String degrees = image.substring(image.indexOf('/') + 1);
        return degrees.startsWith("refused")
                ? Outcome.refused(Reason.NO_FACE, "no face was found")
                : Probes.at(Double.parseDouble(degrees));
    }

    private static double[] angles(double... degrees) {
        return Arrays.stream(degrees).map(Probes::score).toArray();
    }
}
