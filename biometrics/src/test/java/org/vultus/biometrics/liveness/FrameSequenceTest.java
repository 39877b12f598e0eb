package org.vultus.biometrics.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameSequenceTest {
    private final Random random = new Random(1);

    @Test
    void aCameraThatRepeatsItsLastFrameDoesNotLoop() {
        FrameSequence frames = new FrameSequence();
        for (int i = 0; i < 20; i++) {
            assertThat(frames.add(i, 5, 100L * i)).isTrue();
            assertThat(frames.add(i, 5, 100L * i)).isFalse();
        }
        assertThat(frames.loops()).isFalse();
        assertThat(frames.repeated()).isEqualTo(20);
        assertThat(frames.frames()).isEqualTo(20);
    }

    @Test
    void framesThatComeBackByteForByteLoop() {
        FrameSequence frames = new FrameSequence();
        for (int i = 0; i < 10; i++) {
            frames.add(i % 8, 5, 100L * i);
        }
        assertThat(frames.loops()).isTrue();
    }

    @Test
    void whatWasThereBeforeIsNoNewsAndNoFrameOfItsOwn() {
        FrameSequence frames = new FrameSequence();
        assertThat(frames.add(1, 5, 0)).isTrue();
        assertThat(frames.add(2, 5, 0)).isTrue();
        assertThat(frames.add(1, 5, 0)).isFalse();
        assertThat(frames.add(1, 5, 0)).isFalse();
        assertThat(frames.frames()).isEqualTo(2);
        assertThat(frames.repeated()).isEqualTo(1);
        assertThat(frames.returned()).isEqualTo(1);
        assertThat(frames.loops()).as("once is chance").isFalse();
    }

    @Property(tries = 100, seed = "1")
    void aMovingClipThatWasCompressedAgainLoops(
            @ForAll @IntRange(min = 8, max = 40) int length, @ForAll @IntRange(max = 2) int bits, @ForAll long seed) {
        Random dice = new Random(seed);
        long[] clip = clip(dice, length);
        FrameSequence frames = new FrameSequence();
        for (int i = 0; i < 2 * length; i++) {
            frames.add(dice.nextLong(), changed(clip[i % length], bits, dice), 100L * i);
        }
        assertThat(frames.loops()).isTrue();
    }

    @Test
    void aLiveHeadDoesNotLoop() {
        for (int seed = 0; seed < 50; seed++) {
            Random dice = new Random(seed);
            assertThat(sequence(dice, clip(dice, 100), 1).loops()).isFalse();
        }
    }

    @Test
    void aStillHeadDoesNotLoop() {
        FrameSequence frames = new FrameSequence();
        for (int i = 0; i < 100; i++) {
            frames.add(i, changed(0x0F0F0F0F0F0F0F0FL, 2, random), 100L * i);
        }
        assertThat(frames.loops()).isFalse();
    }

    @Test
    void anEarlierSessionIsRecognised() {
        long[] clip = clip(random, 40);
        FrameSequence accepted = sequence(random, clip, 0);

        assertThat(sequence(random, clip, 1).replays(accepted)).isTrue();
        assertThat(sequence(random, Arrays.copyOfRange(clip, 10, 30), 1).replays(accepted))
                .isTrue();
        assertThat(sequence(random, clip(random, 40), 1).replays(accepted)).isFalse();
    }

    /**
     * A busy server looks at other frames of a recording each time, at moments of its own; each pose of the clip is held for a fifth of a
     * second.
     */
    @Test
    void anEarlierSessionIsRecognisedWhenOtherFramesOfItAreSeen() {
        for (int seed = 0; seed < 50; seed++) {
            Random dice = new Random(seed);
            long[] poses = clip(dice, 30);
            FrameSequence accepted = thinned(dice, poses);
            assertThat(thinned(dice, poses).replays(accepted))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(thinned(dice, clip(dice, 30)).replays(accepted))
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    /** The same poses in the same order, but slowly: somebody who does once more what was asked, and no recording. */
    @Test
    void whoDoesTheSameAtAnotherPaceDoesNotReplay() {
        for (int seed = 0; seed < 50; seed++) {
            Random dice = new Random(seed);
            long[] poses = clip(dice, 30);
            assertThat(held(5, dice, poses).replays(held(2, dice, poses)))
                    .as("seed %d", seed)
                    .isFalse();
            assertThat(held(2, dice, poses).replays(held(2, dice, poses)))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    /** Six of ten frames, ten a second, that begin anywhere in the clip's first pose. */
    private static FrameSequence thinned(Random dice, long[] poses) {
        FrameSequence frames = new FrameSequence();
        for (int at = dice.nextInt(100); at < 200 * poses.length; at += 100) {
            if (dice.nextInt(10) < 6) {
                frames.add(dice.nextLong(), changed(poses[at / 200], 1, dice), at);
            }
        }
        return frames;
    }

    /** Each pose for so many frames. */
    private static FrameSequence held(int frames, Random dice, long[] poses) {
        return sequence(
                dice,
                Arrays.stream(poses)
                        .flatMap(pose -> LongStream.generate(() -> pose).limit(frames))
                        .toArray(),
                1);
    }

    @Test
    void theVeryBytesOfAnEarlierSessionAreRecognisedEvenOfAStillHead() {
        FrameSequence accepted = new FrameSequence();
        FrameSequence again = new FrameSequence();
        FrameSequence live = new FrameSequence();
        for (int i = 0; i < 10; i++) {
            accepted.add(i, 5, 100L * i);
            again.add(i, 5, 100L * i);
            live.add(100 + i, 5, 100L * i);
        }
        assertThat(again.replays(accepted)).isTrue();
        assertThat(live.replays(accepted)).isFalse();
    }

    /** Hashes that agree in nothing, as of a face that moves less than they tell: what is left is the movement. */
    @Test
    void anEarlierSessionIsRecognisedByItsMovementAlone() {
        FrameSequence accepted = moving(1, 1);
        assertThat(moving(1, 2).replays(accepted)).isTrue();
        assertThat(moving(2, 3).replays(accepted)).isFalse();
    }

    private static FrameSequence moving(int movement, int noise) {
        ActingHead head = new ActingHead(noise, 0.004);
        Random dice = new Random(movement);
        double[] phase = dice.doubles(3, 0, 6).toArray();
        head.yaw = ms -> 5 * Math.sin(phase[0] + ms / 300);
        head.pitch = ms -> 4 * Math.sin(phase[1] + ms / 410);
        head.roll = ms -> 3 * Math.sin(phase[2] + ms / 230);
        FrameSequence frames = new FrameSequence();
        head.frames(9, 4_000).forEach(frame -> frames.add(frame.mark(), frame.at()));
        return frames;
    }

    private static FrameSequence sequence(Random dice, long[] clip, int bits) {
        FrameSequence frames = new FrameSequence();
        for (int i = 0; i < clip.length; i++) {
            frames.add(dice.nextLong(), changed(clip[i], bits, dice), 100L * i);
        }
        return frames;
    }

    /** A head that moves: some ten bits from frame to frame. */
    private static long[] clip(Random dice, int length) {
        long[] clip = new long[length];
        long hash = dice.nextLong();
        for (int i = 0; i < length; i++) {
            hash = changed(hash, 14, dice);
            clip[i] = hash;
        }
        return clip;
    }

    private static long changed(long hash, int bits, Random dice) {
        long changed = hash;
        for (int i = 0; i < bits; i++) {
            changed ^= 1L << dice.nextInt(64);
        }
        return changed;
    }
}
