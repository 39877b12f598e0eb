package org.vultus.biometrics.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.biometrics.outcome.Advice;

class PassivePadTest {
    private static final PassivePad PAD = new PassivePad(3, 0.5);

    @Test
    void fewerFramesDecideNothingHoweverGood() {
        assertThat(PAD.decide(List.of())).isEqualTo(new PadDecision.Inconclusive(Advice.LOOK_AT_CAMERA));
        assertThat(PAD.decide(scores(1, 1))).isEqualTo(new PadDecision.Inconclusive(Advice.LOOK_AT_CAMERA));
        assertThat(PAD.decide(scores(1, 1, 1))).isInstanceOf(PadDecision.BonaFide.class);
    }

    @Test
    void theThresholdItselfIsReachedAndHalfIsNoMajority() {
        assertThat(PAD.decide(scores(0.5, 0.5, 0))).isInstanceOf(PadDecision.BonaFide.class);
        assertThat(PAD.decide(scores(0.5, Math.nextDown(0.5), 0))).isEqualTo(new PadDecision.AttackPresentation());
        assertThat(PAD.decide(scores(1, 1, 0, 0))).isEqualTo(new PadDecision.AttackPresentation());
    }

    @Property(seed = "1")
    void moreThanHalfOfTheFramesDecide(@ForAll("frames") List<LivenessScore> frames) {
        long reaching = frames.stream().filter(s -> s.bonaFide() >= 0.5).count();
        assertThat(PAD.decide(frames) instanceof PadDecision.BonaFide).isEqualTo(2 * reaching > frames.size());
    }

    @Property(seed = "2")
    void theOrderDoesNotMatterAndABetterFrameNeverHarms(
            @ForAll("frames") List<LivenessScore> frames, @ForAll Random random) {
        boolean live = PAD.decide(frames) instanceof PadDecision.BonaFide;

        List<LivenessScore> other = new ArrayList<>(frames);
        Collections.shuffle(other, random);
        assertThat(PAD.decide(other) instanceof PadDecision.BonaFide).isEqualTo(live);

        other.set(random.nextInt(other.size()), new LivenessScore(1));
        assertThat(PAD.decide(other) instanceof PadDecision.BonaFide || !live).isTrue();
    }

    @Property(seed = "3")
    void aMinorityOfPerfectFramesDoesNotSaveAnAttack(@ForAll("frames") List<LivenessScore> attack) {
        List<LivenessScore> frames = new ArrayList<>();
        attack.forEach(s -> frames.add(new LivenessScore(s.bonaFide() * 0.49)));
        for (int i = 0; i < frames.size() / 2; i++) {
            frames.set(i, new LivenessScore(1));
        }
        assertThat(PAD.decide(frames)).isEqualTo(new PadDecision.AttackPresentation());
    }

    @Property(seed = "4")
    void strictlyEveryFrameDecides(@ForAll("frames") List<LivenessScore> frames) {
        assertThat(PAD.decideStrictly(frames) instanceof PadDecision.BonaFide)
                .isEqualTo(frames.stream().allMatch(s -> s.bonaFide() >= 0.5));
        assertThat(PAD.decideStrictly(scores(1, 1))).isInstanceOf(PadDecision.Inconclusive.class);
    }

    @Test
    void theEvidenceHoldsEveryFrameAndOnlyThisPackageMakesIt() {
        List<LivenessScore> frames = new ArrayList<>(scores(0.9, 0.1, 0.8));

        BonaFideFace evidence = ((PadDecision.BonaFide) PAD.decide(frames)).evidence();
        frames.clear();

        assertThat(evidence.frames()).isEqualTo(scores(0.9, 0.1, 0.8));
        assertThat(evidence).hasToString("BonaFideFace[3 frames]");
        assertThat(Modifier.isFinal(BonaFideFace.class.getModifiers())).isTrue();
        assertThat(Arrays.stream(BonaFideFace.class.getDeclaredConstructors()))
                .hasSize(1)
                .allMatch(c -> (c.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0);
    }

    @Test
    void theChecksOfTheProductWantThreeFramesAndOne() {
        assertThat(PassivePad.SIGN_IN.minimumFrames()).isEqualTo(3);
        assertThat(PassivePad.ENROLMENT_IMAGE.minimumFrames()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoScoreIsNoThresholdEither(double value) {
        assertThatThrownBy(() -> new LivenessScore(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PassivePad(3, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsDecidedByNoFrames() {
        assertThatThrownBy(() -> new PassivePad(0, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LivenessScore.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<List<LivenessScore>> frames() {
        return Arbitraries.doubles()
                .between(0, 1)
                .edgeCases(edges -> edges.add(0.5, Math.nextDown(0.5)))
                .map(LivenessScore::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(12);
    }

    private static List<LivenessScore> scores(double... values) {
        return DoubleStream.of(values).mapToObj(LivenessScore::new).toList();
    }
}
