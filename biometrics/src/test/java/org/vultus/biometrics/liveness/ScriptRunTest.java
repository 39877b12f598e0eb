package org.vultus.biometrics.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vultus.biometrics.liveness.ActingHead.blinks;
import static org.vultus.biometrics.liveness.ActingHead.bump;
import static org.vultus.biometrics.liveness.ActingHead.times;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScriptRunTest {

    @Property(tries = 100, seed = "1")
    void whoDoesWhatIsAskedPasses(@ForAll @IntRange(min = 8, max = 30) int fps, @ForAll long seed) {
        ActingHead head = new ActingHead(seed, 0.006);
        head.eyes = blinks(300, 1_000);
        head.yaw = times(-40, bump(2_500, 500, 3_400));

        assertThat(run(head, fps, 6_000, Gesture.BLINK, Gesture.TURN_RIGHT)).isInstanceOf(ScriptRun.State.Done.class);
    }

    @Test
    void aStillFaceIsLate() {
        assertThat(run(new ActingHead(1, 0.006), 10, 10_000, Gesture.BLINK))
                .isEqualTo(new ScriptRun.State.Failed(ScriptRun.Failure.LATE));
    }

    @Test
    void theRightGesturesInTheWrongOrderAreWrong() {
        ActingHead head = new ActingHead(1, 0.006);
        head.yaw = times(40, bump(1_000, 500, 1_800));
        head.eyes = blinks(300, 3_000);

        assertThat(run(head, 10, 9_000, Gesture.BLINK, Gesture.TURN_LEFT))
                .isEqualTo(new ScriptRun.State.Failed(ScriptRun.Failure.WRONG));
    }

    @Test
    void aTurnToTheOtherSideIsWrong() {
        ActingHead head = new ActingHead(1, 0.006);
        head.yaw = times(40, bump(1_000, 500, 1_800));

        assertThat(run(head, 10, 9_000, Gesture.TURN_RIGHT))
                .isEqualTo(new ScriptRun.State.Failed(ScriptRun.Failure.WRONG));
    }

    /** Whoever's recording happens to turn just before being asked has not answered. */
    @Test
    void whatBeganBeforeItWasAskedDoesNotCount() {
        ActingHead head = new ActingHead(1, 0);
        head.yaw = times(40, bump(900, 500, 60_000));
        GestureWatch watch = new GestureWatch();
        List<FaceObservation> frames = head.frames(10, 9_000);
        frames.stream().filter(frame -> frame.at() < 1_200).forEach(watch::see);
        ScriptRun run = new ScriptRun(new Script(List.of(new Script.Step(Gesture.TURN_LEFT))), watch);

        frames.stream().filter(frame -> frame.at() >= 1_200).forEach(run::see);

        assertThat(run.state()).isEqualTo(new ScriptRun.State.Failed(ScriptRun.Failure.LATE));
    }

    @Test
    void aFaceThatWentAwayIsLost() {
        ActingHead head = new ActingHead(1, 0);
        ScriptRun run = new ScriptRun(new Script(List.of(new Script.Step(Gesture.BLINK))), new GestureWatch());
        run.see(head.at(0));
        run.see(head.at(900));
        assertThat(run.elapse(1_800)).isInstanceOf(ScriptRun.State.Doing.class);
        assertThat(run.see(head.at(2_000))).isEqualTo(new ScriptRun.State.Failed(ScriptRun.Failure.LOST));
    }

    @Test
    void timeAloneEndsARun() {
        ScriptRun run = new ScriptRun(new Script(List.of(new Script.Step(Gesture.TURN_LEFT))), new GestureWatch());
        assertThat(run.elapse(50_000)).as("before it began").isInstanceOf(ScriptRun.State.Doing.class);
        run.see(new ActingHead(1, 0).at(50_000));
        assertThat(run.elapse(51_100)).isEqualTo(new ScriptRun.State.Failed(ScriptRun.Failure.LOST));
    }

    @Property(tries = 300, seed = "2")
    void scriptsAreOfDifferentGesturesThatArePossible(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int length) {
        Script script = Script.draw(new Random(seed), length, Set.of(Gesture.BLINK, Gesture.NOD), true);

        List<Gesture> gestures =
                script.steps().stream().map(Script.Step::gesture).toList();
        assertThat(gestures)
                .hasSize(length + 1)
                .doesNotHaveDuplicates()
                .doesNotContain(Gesture.BLINK, Gesture.NOD)
                .endsWith(Gesture.COLOUR_FLASH);
        List<FlashColour> colours = script.steps().getLast().colours();
        for (int i = 1; i < colours.size(); i++) {
            assertThat(colours.get(i)).isNotEqualTo(colours.get(i - 1));
        }
    }

    @Test
    void everyOrderIsDrawn() {
        Random random = new Random(1);
        Set<Script> drawn = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            drawn.add(Script.draw(random, 2, Set.of(), false));
        }
        assertThat(drawn).hasSize(6 * 5);
    }

    @Test
    void whoCanDoNothingGetsNoScript() {
        Set<Gesture> cannot = EnumSet.allOf(Gesture.class);
        cannot.remove(Gesture.BLINK);
        assertThatThrownBy(() -> Script.draw(new Random(1), 2, cannot, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200, seed = "3")
    void skinThatFollowsTheColoursPasses(
            @ForAll @IntRange(min = 5, max = 30) int fps,
            @ForAll @IntRange(max = 500) int delay,
            @ForAll @DoubleRange(min = 0.02, max = 0.2) double strength,
            @ForAll long seed) {
        Script script = Script.draw(new Random(seed), 2, Set.of(), true);

        assertThat(flash(script.steps().getLast().colours(), fps, delay, strength, strength / 4, seed)
                        .follows())
                .isTrue();
    }

    @Test
    void skinThatFollowsAnotherSequenceOrNoneDoesNot() {
        int passed = 0;
        for (int seed = 0; seed < 500; seed++) {
            List<FlashColour> asked = Script.draw(new Random(seed), 2, Set.of(), true)
                    .steps()
                    .getLast()
                    .colours();
            List<FlashColour> recorded = Script.draw(new Random(seed + 1_000), 2, Set.of(), true)
                    .steps()
                    .getLast()
                    .colours();
            List<FaceObservation> frames = lit(recorded, 10, 200, 0.1, 0.02, seed);
            passed += ColourReflection.of(frames, asked, 0, 500).follows() ? 1 : 0;
            assertThat(flash(asked, 10, 200, 0, 0, seed).follows()).isFalse();
            assertThat(flash(asked, 10, 200, 0.1, 0.1, seed).follows())
                    .as("a flat picture follows with its background")
                    .isFalse();
        }
        assertThat(passed).isLessThan(25);
    }

    private static ColourReflection flash(
            List<FlashColour> colours, int fps, long delay, double skin, double background, long seed) {
        return ColourReflection.of(lit(colours, fps, delay, skin, background, seed), colours, 0, 500);
    }

    private static List<FaceObservation> lit(
            List<FlashColour> colours, int fps, long delay, double skin, double background, long seed) {
        Random random = new Random(seed);
        List<FaceObservation> frames = new ArrayList<>();
        for (FaceObservation f : new ActingHead(seed, 0).frames(fps, 500.0 * colours.size() + 1_000)) {
            int index = Math.clamp((f.at() - delay) / 500, 0, colours.size() - 1);
            FlashColour shown = colours.get(index);
            double[] c = new double[6];
            for (int channel = 0; channel < 3; channel++) {
                double light = f.at() < delay ? 0 : shown.chroma(channel) + 1.0 / 3;
                c[channel] = 120 * (1 + skin * light) + 0.2 * random.nextGaussian();
                c[3 + channel] = 120 * (1 + background * light) + 0.2 * random.nextGaussian();
            }
            frames.add(new FaceObservation(
                    f.at(),
                    f.box(),
                    f.landmarks(),
                    f.pose(),
                    f.eyes(),
                    new FrameColour(c[0], c[1], c[2], c[3], c[4], c[5]),
                    f.mark()));
        }
        return frames;
    }

    private static ScriptRun.State run(ActingHead head, double fps, double until, Gesture... asked) {
        ScriptRun run = new ScriptRun(
                new Script(List.of(asked).stream().map(Script.Step::new).toList()), new GestureWatch());
        head.frames(fps, until).forEach(run::see);
        return run.state();
    }
}
