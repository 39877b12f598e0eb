package org.vultus.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Actor;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.Script;
import org.vultus.testkit.PaintedFace;

/**
 * A script goes by when pictures were taken, not by when they came: who blinks in time is not late because of a network, and who is late
 * is not in time because of one. Each picture is looked at when it comes.
 */
class TakenInTimeTest {
    private static final PaintedFace ANAS = PaintedFace.of(1);

    /** From the first picture, which is taken at 100. */
    private static final long WINDOW = Gesture.BLINK.window().toMillis();

    private final Hospital hospital = new Hospital();
    private final List<Shot> shots = new ArrayList<>();

    /** A picture, and its times in milliseconds from the beginning of the session. */
    private record Shot(boolean shut, long taken, long came) {}

    @Test
    void aBlinkInTimeThatComesLateCounts() {
        open(100, WINDOW - 500, 0);
        shut(WINDOW - 400, WINDOW - 200, 350);
        open(WINDOW - 100, WINDOW, 350);

        assertThat(step(play().getLast())).isEqualTo(1);
    }

    /** By when they came it was in time: the first pictures were held up as well. */
    @Test
    void aBlinkThatIsLateDoesNotCountBecauseItCameFast() {
        open(100, WINDOW - 200, 350);
        shut(WINDOW - 100, WINDOW + 100, 160);
        open(WINDOW + 200, WINDOW + 300, 50);

        assertThat(play())
                .filteredOn(FrameAnswer.Scripted.class::isInstance)
                .singleElement()
                .satisfies(another ->
                        assertThat(((FrameAnswer.Scripted) another).failed()).isTrue());
    }

    /** By when they came the lids would have moved within four milliseconds. */
    @Test
    void aBlinkWhosePicturesComeInABunchCounts() {
        open(100, 900, 0);
        for (int i = 0; i < 6; i++) {
            shots.add(new Shot(i >= 1 && i <= 3, 1000 + 100 * i, 1500 + i));
        }

        assertThat(step(play().getLast())).isEqualTo(1);
    }

    /** By when they came it took as long as a blink does. */
    @Test
    void whatNoLidCanDoDoesNotCountBecauseItsPicturesWereHeldUp() {
        open(100, 1000, 0);
        for (int i = 1; i <= 4; i++) {
            shots.add(new Shot(i <= 2, 1000 + 10 * i, 1000 + 100 * i));
        }

        assertThat(step(play().getLast())).isEqualTo(0);
    }

    private void open(long first, long last, long onTheirWay) {
        for (long taken = first; taken <= last; taken += 100) {
            shots.add(new Shot(false, taken, taken + onTheirWay));
        }
    }

    private void shut(long first, long last, long onTheirWay) {
        for (long taken = first; taken <= last; taken += 100) {
            shots.add(new Shot(true, taken, taken + onTheirWay));
        }
    }

    private static int step(FrameAnswer answer) {
        assertThat(answer).isInstanceOf(FrameAnswer.Feedback.class);
        return ((FrameAnswer.Feedback) answer).prompt().orElseThrow().step();
    }

    private List<FrameAnswer> play() {
        hospital.enrolled(
                "ana",
                hospital.department("act", new DepartmentPolicy(LivenessPolicy.ACTIVE, false, 1e-4, 1e-3)),
                ANAS);
        FaceAttempt attempt = ((Opening.Opened) hospital.faceSignIn(SignInRules.DEFAULT, firstABlink())
                        .open(new FaceSignIn.Request("act", Optional.of("ana"), new Actor(null, "10.0.0.1", "desk"))))
                .attempt();
        Instant opened = attempt.session().openedAt();
        List<FrameAnswer> answers = new ArrayList<>();
        for (int i = 0; i < shots.size(); i++) {
            Shot shot = shots.get(i);
            Instant came = opened.plusMillis(shot.came());
            hospital.clock.advance(Duration.between(hospital.clock.instant(), came));
            PaintedFace.Act act = new PaintedFace.Act(shot.shut() ? 20 : 100, 0, 0, 100, Optional.empty(), i);
            answers.add(attempt.frame(
                    ANAS.acting(act).sample().arrivedAt(came, Duration.ofMillis(shot.came() - shot.taken()))));
        }
        return answers;
    }

    private static Random firstABlink() {
        for (int seed = 0; ; seed++) {
            Script script = Script.draw(new Random(seed), Script.SHORTEST, Set.of(), false);
            if (script.steps().getFirst().gesture() == Gesture.BLINK) {
                return new Random(seed);
            }
        }
    }
}
