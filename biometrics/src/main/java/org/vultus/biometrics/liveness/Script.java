package org.vultus.biometrics.liveness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a session asks of the person, in order: drawn at random by the server for one session and used once. Immutable.
 */
public record Script(List<Step> steps) {
    /** So few that a person does them in a few seconds, so many that a recording seldom shows them in this order. */
    public static final int SHORTEST = 2;

    public static final int LONGEST = 4;

    /** How long one colour is shown: at five frames a second two frames see it. */
    public static final Duration COLOUR_TIME = Duration.ofMillis(500);

    private static final int COLOURS = 8;

    /**
     * One thing to do.
     *
     * @param window from being asked to having done it
     * @param colours what the display shows one after the other, each for {@link #COLOUR_TIME}; empty but for a flash
     */
    public record Step(Gesture gesture, Duration window, List<FlashColour> colours) {

        public Step {
            colours = List.copyOf(colours);
            if (!window.isPositive() || (gesture == Gesture.COLOUR_FLASH) == colours.isEmpty()) {
                throw new IllegalArgumentException("not a step: " + gesture + " within " + window);
            }
        }

        public Step(Gesture gesture) {
            this(gesture, gesture.window(), List.of());
        }
    }

    public Script {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a script without a step");
        }
    }

    /**
     * A script of different gestures.
     *
     * @param random what nobody can predict, but in tests
     * @param length how many gestures, {@link #SHORTEST} to {@link #LONGEST}; fewer where fewer are possible
     * @param cannot what this person cannot do
     * @param flash whether it ends with a flash of colours
     * @throws IllegalArgumentException when fewer than {@link #SHORTEST} gestures are possible
     */
    public static Script draw(RandomGenerator random, int length, Set<Gesture> cannot, boolean flash) {
        EnumSet<Gesture> possible = EnumSet.complementOf(EnumSet.of(Gesture.COLOUR_FLASH));
        possible.removeAll(cannot);
        if (possible.size() < SHORTEST) {
            throw new IllegalArgumentException("too little is possible: " + possible);
        }
        List<Gesture> left = new ArrayList<>(possible);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < Math.clamp(length, SHORTEST, LONGEST) && !left.isEmpty(); i++) {
            steps.add(new Step(left.remove(random.nextInt(left.size()))));
        }
        if (flash) {
            steps.add(new Step(Gesture.COLOUR_FLASH, Gesture.COLOUR_FLASH.window(), colours(random)));
        }
        return new Script(steps);
    }

    /** Never the same colour twice in a row, or the change could not be seen. */
    private static List<FlashColour> colours(RandomGenerator random) {
        List<FlashColour> colours = new ArrayList<>();
        while (colours.size() < COLOURS) {
            FlashColour next = FlashColour.values()[random.nextInt(FlashColour.values().length)];
            if (colours.isEmpty() || colours.getLast() != next) {
                colours.add(next);
            }
        }
        return colours;
    }
}
