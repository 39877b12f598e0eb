package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

class PadScoresTest {
    private static final List<String> LIVE = List.of("live/a/1.jpg", "live/a/2.jpg", "live/a/3.jpg", "live/b/1.jpg");
    private static final List<String> SPOOF = List.of("spoof/1.jpg", "spoof/2.jpg", "spoof/3.jpg", "spoof/4.jpg");
    private static final Map<String, Outcome<LivenessScore>> OUTCOMES = Map.of(
            LIVE.get(0), Outcome.accepted(new LivenessScore(0.9)),
            LIVE.get(1), Outcome.refused(Reason.NO_FACE, "none"),
            LIVE.get(2), Outcome.accepted(new LivenessScore(0.7)),
            LIVE.get(3), Outcome.accepted(new LivenessScore(0.8)),
            SPOOF.get(0), Outcome.accepted(new LivenessScore(0.1)),
            SPOOF.get(1), Outcome.accepted(new LivenessScore(0.6)),
            SPOOF.get(2), Outcome.accepted(new LivenessScore(0.2)),
            SPOOF.get(3), Outcome.accepted(new LivenessScore(0.3)));

    @Test
    void oneFrameIsAPresentationByItself() {
        PadScores scores = scores(1);

        assertThat(scores.bonaFide()).containsExactly(0.9, 0.7, 0.8);
        assertThat(scores.attacks()).containsExactly(0.1, 0.6, 0.2, 0.3);
        assertThat(scores.bonaFideImages()).isEqualTo(4);
        assertThat(scores.bonaFideNonResponses()).isEqualTo(1);
        assertThat(scores.attackImages()).isEqualTo(4);
        assertThat(scores.attackNonResponses()).isZero();
    }

    @Test
    void framesOfOneFolderWithAFaceMakeAPresentationAndTheRestIsLeft() {
        // Of live/a the two with a face; live/b has too few. The lower median of two is the lower one.
        assertThat(scores(2).bonaFide()).containsExactly(0.7);
        assertThat(scores(2).attacks()).containsExactly(0.1, 0.2);
        assertThat(scores(3).bonaFide()).isEmpty();
        assertThat(scores(3).attacks()).containsExactly(0.2);
    }

    @Test
    void sourcesArePooledByPresentation() {
        PadScores pooled = PadScores.pooled(List.of(scores(1), scores(3)));

        assertThat(pooled.bonaFide()).containsExactly(0.9, 0.7, 0.8);
        assertThat(pooled.attacks()).containsExactly(0.1, 0.6, 0.2, 0.3, 0.2);
        assertThat(pooled.bonaFideNonResponses()).isEqualTo(2);
    }

    private static PadScores scores(int frames) {
        return PadScores.of(new PresentationFolders.Source("x", LIVE, SPOOF), frames, new LivenessRun(OUTCOMES, 1));
    }
}
