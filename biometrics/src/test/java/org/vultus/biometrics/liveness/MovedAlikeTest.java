package org.vultus.biometrics.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MovedAlikeTest {
    private static final double REPLAYED = FrameSequence.REPLAYED_MOVEMENT;

    /** Of the landmarks, as a share of the distance between the eyes; the default pack's differ so much when a video is compressed again. */
    private static final double NOISE = 0.006;

    @Test
    void aRecordingMovesAsItDidWhateverIsSeenOfIt() {
        for (int seed = 0; seed < 30; seed++) {
            Random dice = new Random(seed);
            List<MovedAlike.Moment> accepted = seen(acts(seed, 1), dice, 0, 4_000, 0.85);
            List<MovedAlike.Moment> again = seen(acts(seed, 2), dice, 400, 4_500, 0.85);
            assertThat(MovedAlike.most(again, accepted)).as("seed %d", seed).isGreaterThan(REPLAYED);
            assertThat(MovedAlike.most(accepted, again))
                    .as("seed %d, turned", seed)
                    .isGreaterThan(REPLAYED);
        }
    }

    /** The same blink and the same approach at the very same times; only the sway of the head is another. */
    @Test
    void theSameGesturesAreNotTheSameMovement() {
        for (int seed = 0; seed < 30; seed++) {
            Random dice = new Random(seed);
            for (int seconds : new int[] {2, 3, 6, 20}) {
                List<MovedAlike.Moment> accepted = seen(acts(seed, 1), dice, 0, 1_000 * seconds, 1);
                List<MovedAlike.Moment> live = seen(acts(1_000 + seed, 2), dice, 0, 1_000 * seconds, 1);
                assertThat(MovedAlike.most(live, accepted))
                        .as("seed %d, %d s", seed, seconds)
                        .isLessThan(REPLAYED);
            }
        }
    }

    /** Noise is all that is left of a head that keeps still, and agrees with nothing. */
    @Test
    void twoStillHeadsDoNotMoveAlike() {
        for (int seed = 0; seed < 30; seed++) {
            Random dice = new Random(seed);
            assertThat(MovedAlike.most(
                            seen(new ActingHead(seed, NOISE), dice, 0, 6_000, 1),
                            seen(new ActingHead(100 + seed, NOISE), dice, 0, 6_000, 1)))
                    .as("seed %d", seed)
                    .isLessThan(REPLAYED);
        }
    }

    @Test
    void aVideoThatBecameSmallerOnItsWayMovesAsBefore() {
        ActingHead head = acts(7, 1);
        List<MovedAlike.Moment> whole = new ArrayList<>();
        List<MovedAlike.Moment> half = new ArrayList<>();
        for (FaceObservation frame : head.frames(10, 3_000)) {
            whole.add(new MovedAlike.Moment(frame.at(), Posture.of(frame.landmarks(), frame.pose(), 640)));
            half.add(new MovedAlike.Moment(
                    frame.at(), Posture.of(PostureTest.scaled(frame.landmarks(), 0.5), frame.pose(), 320)));
        }
        double same = MovedAlike.most(whole, whole);
        assertThat(MovedAlike.most(half, whole)).isCloseTo(same, Offset.offset(0.01));
        assertThat(same).isCloseTo(0.8 * Math.sqrt(whole.size() - 2), Offset.offset(0.01));
    }

    @Test
    void ofAFewFramesNothingIsTold() {
        ActingHead head = acts(3, 1);
        List<MovedAlike.Moment> few = seen(head, new Random(1), 0, 800, 1);
        assertThat(few).hasSizeLessThan(10);
        assertThat(MovedAlike.most(few, seen(head, new Random(2), 0, 6_000, 1))).isZero();
        assertThat(MovedAlike.most(List.of(), few)).isZero();
    }

    /** Pictures that are a second apart say nothing of the way between them. */
    @Test
    void aGapIsNotBridged() {
        ActingHead head = acts(5, 1);
        List<MovedAlike.Moment> sparse = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            FaceObservation frame = head.at(1_000.0 * i);
            sparse.add(new MovedAlike.Moment(frame.at(), frame.mark().posture()));
        }
        assertThat(MovedAlike.most(sparse, sparse)).isZero();
    }

    /** What a session sees ten times a second of a part of the clip, of which a busy server leaves some out. */
    private static List<MovedAlike.Moment> seen(ActingHead head, Random dice, int from, int until, double share) {
        List<MovedAlike.Moment> seen = new ArrayList<>();
        for (int at = from + dice.nextInt(100); at < until; at += 100) {
            if (dice.nextDouble() < share) {
                FaceObservation frame = head.at(at);
                seen.add(new MovedAlike.Moment(frame.at() - from, frame.mark().posture()));
            }
        }
        return seen;
    }

    /**
     * A head that blinks, comes closer and sways in its own way all the while.
     *
     * @param sway which way it sways
     * @param noise of the landmarks, another for each time it is looked at
     */
    private static ActingHead acts(long sway, long noise) {
        ActingHead head = new ActingHead(31 * sway + noise, NOISE);
        Random dice = new Random(sway);
        head.yaw = sways(dice, 6);
        head.pitch = sways(dice, 4);
        head.roll = sways(dice, 3);
        ActingHead.Curve near = ActingHead.bump(1_300, 500, 2_400);
        ActingHead.Curve hand = sways(dice, 0.03);
        head.size = ms -> 1 + 0.3 * near.at(ms) + hand.at(ms);
        head.across = sways(dice, 0.2);
        head.down = sways(dice, 0.2);
        head.eyes = ActingHead.blinks(250, 600);
        return head;
    }

    private static ActingHead.Curve sways(Random dice, double most) {
        double[] phase = dice.doubles(3, 0, 2 * Math.PI).toArray();
        double[] hertz = dice.doubles(3, 0.2, 1.5).toArray();
        return ms -> {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                sum += most / 3 * Math.sin(phase[i] + 2 * Math.PI * hertz[i] * ms / 1_000);
            }
            return sum;
        };
    }
}
