package org.vultus.biometrics.liveness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far a face has followed a script. Each step must begin after it was asked for and be complete within its window; what
 * contradicts it ends the run. For one thread at a time.
 */
public final class ScriptRun {
    /** Without a face for so long, another could have taken its place. */
    private static final long LONGEST_ABSENCE_MS = 1_000;

    /** Where the run is. */
    public sealed interface State {

        /**
         * @param step what is asked now, from 0
         * @param remaining milliseconds of its window
         */
        record Doing(int step, long remaining) implements State {}

        /** All steps were done; the last one at that time. */
        record Done(long at) implements State {}

        record Failed(Failure why) implements State {}
    }

    /** Why a run failed. */
    public enum Failure {
        LATE,
        /** Something else was done than what was asked. */
        WRONG,
        /** The face was away. */
        LOST,
        /** The skin did not follow the colours. */
        NO_REFLECTION
    }

    private final Script script;
    private final GestureWatch watch;
    private final List<SeenGesture> seen = new ArrayList<>();
    private final List<FaceObservation> lit = new ArrayList<>();
    private ColourReflection reflection = ColourReflection.NONE;
    private State state = new State.Doing(0, 0);
    private long asked = -1;
    private long last = -1;

    /** @param watch that has seen this face already, so that it knows its open eyes */
    public ScriptRun(Script script, GestureWatch watch) {
        this.script = script;
        this.watch = watch;
    }

    public Script script() {
        return script;
    }

    public State state() {
        return state;
    }

    /** Every gesture that was seen since the run began, asked for or not. */
    public List<SeenGesture> seen() {
        return List.copyOf(seen);
    }

    /** What the face answered to the colours; nothing where there were none. */
    public ColourReflection reflection() {
        return reflection;
    }

    /** The first observation begins the run. */
    public State see(FaceObservation now) {
        List<SeenGesture> gestures = watch.see(now);
        if (!(state instanceof State.Doing doing)) {
            return state;
        }
        if (asked < 0) {
            asked = now.at();
        } else if (now.at() - last > LONGEST_ABSENCE_MS) {
            return state = new State.Failed(Failure.LOST);
        }
        last = now.at();
        seen.addAll(gestures);
        Script.Step step = script.steps().get(doing.step());
        List<SeenGesture> answers =
                gestures.stream().filter(gesture -> gesture.from() >= asked).toList();
        if (step.gesture() == Gesture.COLOUR_FLASH) {
            return state = flash(doing, step, now);
        }
        if (answers.stream().anyMatch(answer -> answer.gesture() == step.gesture())) {
            return state = next(doing, now.at());
        }
        if (answers.stream().anyMatch(answer -> answer.gesture().contradicts(step.gesture()))) {
            return state = new State.Failed(Failure.WRONG);
        }
        return state = passing(doing.step(), step, now.at());
    }

    /** A frame without a usable face, or just time that passed. */
    public State elapse(long at) {
        if (state instanceof State.Doing(int step, long _) && asked >= 0) {
            state = at - last > LONGEST_ABSENCE_MS
                    ? new State.Failed(Failure.LOST)
                    : passing(step, script.steps().get(step), at);
        }
        return state;
    }

    private State flash(State.Doing doing, Script.Step step, FaceObservation now) {
        lit.add(now);
        long each = Script.COLOUR_TIME.toMillis();
        State passing = passing(doing.step(), step, now.at());
        // The last colours may still be on their way when the display has ended: the whole window is waited for.
        if (now.at() - asked < each * step.colours().size()) {
            return passing;
        }
        reflection = ColourReflection.of(lit, step.colours(), asked, each);
        if (reflection.follows()) {
            return next(doing, now.at());
        }
        return passing instanceof State.Failed ? new State.Failed(Failure.NO_REFLECTION) : passing;
    }

    private State next(State.Doing doing, long at) {
        asked = at;
        int next = doing.step() + 1;
        return next == script.steps().size()
                ? new State.Done(at)
                : new State.Doing(next, script.steps().get(next).window().toMillis());
    }

    private State passing(int index, Script.Step step, long at) {
        long remaining = step.window().toMillis() - (at - asked);
        return remaining < 0 ? new State.Failed(Failure.LATE) : new State.Doing(index, remaining);
    }

    @Override
    public String toString() {
        return script.steps().stream()
                .map(s -> s.gesture().name())
                .collect(Collectors.joining(", ", "ScriptRun[", "]"));
    }
}
