package org.vultus.biometrics.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vultus.biometrics.liveness.ActingHead.blinks;
import static org.vultus.biometrics.liveness.ActingHead.bump;
import static org.vultus.biometrics.liveness.ActingHead.times;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class GestureWatchTest {

    /** From 8 frames a second on; with fewer a blink of 250 ms may fall between two frames. */
    @Property(tries = 200, seed = "1")
    void countsBlinksAtAnyFrameRateAndTilt(
            @ForAll @IntRange(min = 8, max = 30) int fps,
            @ForAll @DoubleRange(min = -40, max = 40) double roll,
            @ForAll @Scale(4) @DoubleRange(max = 0.012) double noise,
            @ForAll @IntRange(max = 5) int count,
            @ForAll long seed) {
        ActingHead head = new ActingHead(seed, noise);
        head.roll = ms -> roll;
        double[] starts = new double[count];
        for (int i = 0; i < count; i++) {
            starts[i] = 1_500 + 1_200 * i + (seed & 0xFF);
        }
        head.eyes = blinks(280, starts);

        assertThat(seen(head.frames(fps, 8_500)))
                .extracting(SeenGesture::gesture)
                .hasSize(count)
                .containsOnly(count == 0 ? new Gesture[0] : new Gesture[] {Gesture.BLINK});
    }

    @Property(tries = 100, seed = "2")
    void seesASlowBlinkAtFiveFramesASecond(@ForAll @IntRange(max = 199) int phase, @ForAll long seed) {
        ActingHead head = new ActingHead(seed, 0.005);
        head.eyes = blinks(450, 2_000 + phase);

        assertThat(seen(head.frames(5, 4_000))).extracting(SeenGesture::gesture).containsExactly(Gesture.BLINK);
    }

    @Test
    void aSleeperDoesNotBlink() {
        ActingHead head = new ActingHead(1, 0.005);
        head.eyes = blinks(1_500, 2_000);

        assertThat(seen(head.frames(15, 6_000))).isEmpty();
    }

    @Test
    void lidsThatTheNetworkDoesNotSeeCloseAreNoBlink() {
        ActingHead head = new ActingHead(1, 0.005);
        head.eyes = blinks(300, 2_000);
        head.networkSees = false;

        assertThat(seen(head.frames(15, 4_000))).isEmpty();
    }

    @Property(tries = 100, seed = "3")
    void aPhotoThatIsTiltedDoesNotBlink(@ForAll @DoubleRange(min = 40, max = 55) double degrees, @ForAll long seed) {
        ActingHead head = new ActingHead(seed, 0.005);
        head.flat = true;
        head.networkSees = false;
        head.pitch = times(degrees, bump(2_000, 200, 2_300));

        assertThat(seen(head.frames(15, 4_000)))
                .extracting(SeenGesture::gesture)
                .doesNotContain(Gesture.BLINK);
    }

    @Property(tries = 200, seed = "4")
    void tellsTurnsApart(
            @ForAll @IntRange(min = 5, max = 30) int fps,
            @ForAll @DoubleRange(min = 32, max = 55) double degrees,
            @ForAll boolean left,
            @ForAll @DoubleRange(min = -20, max = 20) double roll,
            @ForAll @Scale(4) @DoubleRange(max = 0.01) double noise,
            @ForAll long seed) {
        ActingHead head = new ActingHead(seed, noise);
        head.roll = ms -> roll;
        head.yaw = times(left ? degrees : -degrees, bump(1_000, 600, 2_200));

        assertThat(seen(head.frames(fps, 4_000)))
                .extracting(SeenGesture::gesture)
                .containsExactly(left ? Gesture.TURN_LEFT : Gesture.TURN_RIGHT);
    }

    @Test
    void aGlanceIsNoTurn() {
        ActingHead head = new ActingHead(1, 0.005);
        head.yaw = times(17, bump(1_000, 400, 1_800));

        assertThat(seen(head.frames(15, 4_000))).isEmpty();
    }

    @Test
    void aPoseThatTheNoseDeniesIsNoTurn() {
        ActingHead still = new ActingHead(1, 0);
        ActingHead turning = new ActingHead(1, 0);
        turning.yaw = times(40, bump(1_000, 400, 1_800));
        List<FaceObservation> frames = new ArrayList<>();
        for (FaceObservation frame : turning.frames(15, 3_000)) {
            FaceObservation front = still.at((double) frame.at());
            frames.add(new FaceObservation(
                    frame.at(),
                    frame.box(),
                    front.landmarks(),
                    frame.pose(),
                    frame.eyes(),
                    frame.colour(),
                    frame.mark()));
        }

        assertThat(seen(frames)).isEmpty();
    }

    @Property(tries = 100, seed = "5")
    void seesANod(@ForAll @IntRange(min = 6, max = 30) int fps, @ForAll boolean down, @ForAll long seed) {
        ActingHead head = new ActingHead(seed, 0.005);
        head.pitch = times(down ? -20 : 20, bump(1_500, 300, 2_100));

        assertThat(seen(head.frames(fps, 4_000)))
                .extracting(SeenGesture::gesture)
                .contains(Gesture.NOD)
                .doesNotContain(Gesture.TURN_LEFT, Gesture.TURN_RIGHT, Gesture.OPEN_MOUTH);
    }

    @Property(tries = 100, seed = "6")
    void seesTheMouthOpenAndTheFaceComeCloser(@ForAll @IntRange(min = 5, max = 30) int fps, @ForAll long seed) {
        ActingHead head = new ActingHead(seed, 0.005);
        head.mouth = ms -> 0.05 + 0.6 * bump(1_000, 300, 1_800).at(ms);
        head.size = ms -> 1 + 0.4 * bump(3_000, 1_000, 5_000).at(ms);

        assertThat(seen(head.frames(fps, 5_000)))
                .extracting(SeenGesture::gesture)
                .containsExactly(Gesture.OPEN_MOUTH, Gesture.COME_CLOSER);
    }

    /** As the landmarks of a recorded person who looks down: shut in one frame, half open in the next, for seconds. */
    @Test
    void lidsThatSeemToFlickerDoNotBlink() {
        ActingHead head = new ActingHead(1, 0.005);
        head.eyes = ms -> ms < 2_000 ? 1 : ms % 200 < 100 ? 0 : 0.35;

        assertThat(seen(head.frames(10, 9_000))).isEmpty();
    }

    /** As the pose network's word on a recorded head that is bowed. */
    @Test
    void aPitchThatJumpsIsNoNod() {
        ActingHead head = new ActingHead(1, 0.005);
        head.pitch = ms -> Math.floorMod((int) (ms / 66.7), 5) == 4 ? -24 : -2;

        assertThat(seen(head.frames(15, 6_000)))
                .extracting(SeenGesture::gesture)
                .doesNotContain(Gesture.NOD);
    }

    @Test
    void whoTalksDoesNotOpenTheMouth() {
        ActingHead head = new ActingHead(1, 0.005);
        head.mouth = ms -> 0.05
                + 0.6
                        * bump(Math.floor(ms / 500) * 500, 60, Math.floor(ms / 500) * 500 + 180)
                                .at(ms);

        assertThat(seen(head.frames(30, 4_000))).isEmpty();
    }

    @Test
    void whoLooksUpWithAnOpenMouthComesNoCloser() {
        ActingHead head = new ActingHead(1, 0.005);
        head.pitch = times(-27, bump(-1_000, 500, 2_000));
        head.mouth = ms -> 0.05 + 0.6 * bump(2_600, 200, 5_000).at(ms);

        assertThat(seen(head.frames(15, 5_000)))
                .extracting(SeenGesture::gesture)
                .contains(Gesture.OPEN_MOUTH)
                .doesNotContain(Gesture.COME_CLOSER);
    }

    @Test
    void aStillFaceDoesNothing() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(seen(new ActingHead(seed, 0.012).frames(10, 20_000))).isEmpty();
        }
    }

    /** A real turn leaves the plane by five times what landmark noise does; a photo that is turned does not. */
    @Test
    void aTurnOfAHeadIsNoMotionOfAPlane() {
        ActingHead head = new ActingHead(1, 0.003);
        head.yaw = ms -> ms / 10;
        ActingHead photo = new ActingHead(1, 0.003);
        photo.yaw = head.yaw;
        photo.flat = true;

        double solid =
                PlanarMotion.residual(head.at(0).landmarks(), head.at(300).landmarks());
        double plane =
                PlanarMotion.residual(photo.at(0).landmarks(), photo.at(300).landmarks());

        assertThat(plane).isLessThan(0.01);
        assertThat(solid).isGreaterThan(5 * plane);
    }

    private static List<SeenGesture> seen(List<FaceObservation> frames) {
        GestureWatch watch = new GestureWatch();
        List<SeenGesture> seen = new ArrayList<>();
        frames.forEach(frame -> seen.addAll(watch.see(frame)));
        return seen;
    }
}
