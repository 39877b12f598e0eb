package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FrameClockTest {
    private static final long MS = 1_000_000;

    /** Once a picture came through without delay, every other is known to the nanosecond. */
    @Property(tries = 200, seed = "3550")
    void tellsWhenAPictureWasTakenWhateverTheNetworkDoes(
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long between, @ForAll long seed) {
        Random network = new Random(seed);
        FrameClock clock = new FrameClock();
        for (int i = 0; i < 50; i++) {
            long taken = i * 100 * MS;
            long delay = i == 0 ? 0 : network.nextLong(300 * MS);
            long onItsWay = clock.onItsWay(taken + between, taken + delay).toNanos();
            assertThat(onItsWay).isEqualTo(delay);
        }
    }

    /** A sender who lies makes pictures older than they are, a little, and never younger. */
    @Property(tries = 200, seed = "3550")
    void aLieIsWorthLittle(@ForAll long seed) {
        Random liar = new Random(seed);
        FrameClock clock = new FrameClock();
        for (int i = 0; i < 50; i++) {
            assertThat(clock.onItsWay(liar.nextLong() >> liar.nextInt(64), i * 100 * MS))
                    .isGreaterThanOrEqualTo(Duration.ZERO)
                    .isLessThanOrEqualTo(FrameClock.MOST);
        }
    }

    @Test
    void aClockThatJumpsIsAnotherClock() {
        FrameClock clock = new FrameClock();
        clock.onItsWay(0, 0);
        assertThat(clock.onItsWay(100 * MS, 800 * MS)).isZero();
        assertThat(clock.onItsWay(200 * MS, 950 * MS).toMillis()).isEqualTo(50);
    }
}
