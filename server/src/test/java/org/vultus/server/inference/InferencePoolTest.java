package org.vultus.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.server.inference.InferencePool.Lane;

@Timeout(60)
class InferencePoolTest {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void looksAtTheLatestFrameAndWipesThoseItOvertook() throws InterruptedException {
        try (InferencePool pool = new InferencePool(1)) {
            Gate gate = new Gate(pool);
            Done done = new Done(1);
            Lane lane = lane(pool, "a", done);
            CapturedSample first = frame(1);
            CapturedSample second = frame(2);
            CapturedSample third = frame(3);

            lane.offer(first);
            lane.offer(second);
            lane.offer(third);

            assertThat(first.encoded()).containsOnly(0);
            assertThat(second.encoded()).containsOnly(0);
            assertThat(third.encoded()).containsOnly(3);
            assertThat(pool.waiting()).isEqualTo(1);
            gate.open();
            done.await();
        }
        assertThat(seen).containsExactly("a3");
    }

    @Test
    void keepsOneFrameWhileItLooksAtAnother() throws InterruptedException {
        try (InferencePool pool = new InferencePool(1)) {
            CountDownLatch looking = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Done done = new Done(2);
            Lane lane = pool.lane(frame -> {
                seen.add("a" + frame.encoded()[0]);
                looking.countDown();
                await(goOn);
                done.one();
                return false;
            });
            lane.offer(frame(1));
            looking.await();
            CapturedSample second = frame(2);

            assertThat(lane.offer(second)).isZero();
            assertThat(lane.offer(frame(3))).isZero();

            assertThat(second.encoded()).containsOnly(0);
            assertThat(pool.waiting()).as("a lane that runs does not wait").isZero();
            goOn.countDown();
            done.await();
        }
        assertThat(seen).containsExactly("a1", "a3");
    }

    @Test
    void wipesAFrameAfterItWasLookedAtAlsoWhenThatFails() throws InterruptedException {
        CapturedSample good = frame(1);
        CapturedSample bad = frame(2);
        try (InferencePool pool = new InferencePool(1)) {
            Done done = new Done(1);
            pool.lane(frame -> {
                        throw new IllegalStateException("as the test wants it");
                    })
                    .offer(bad);
            lane(pool, "a", done).offer(good);
            done.await();
        }

        assertThat(seen).as("the thread goes on after a fault").containsExactly("a1");
        assertThat(good.encoded()).containsOnly(0);
        assertThat(bad.encoded()).containsOnly(0);
    }

    @Test
    void letsLanesTakeTurnsHoweverMuchOneSends() throws InterruptedException {
        try (InferencePool pool = new InferencePool(1)) {
            Gate gate = new Gate(pool);
            Done done = new Done(5);
            Lane quiet = lane(pool, "q", done);
            Lane slow = lane(pool, "s", done);
            // Sends two more as soon as the first is looked at: only the latest counts, and behind the others.
            Lane[] busy = new Lane[1];
            AtomicInteger sent = new AtomicInteger(2);
            busy[0] = pool.lane(frame -> {
                seen.add("b" + frame.encoded()[0]);
                if (sent.get() < 6) {
                    busy[0].offer(frame(sent.incrementAndGet()));
                    busy[0].offer(frame(sent.incrementAndGet()));
                }
                done.one();
                return false;
            });
            busy[0].offer(frame(1));
            quiet.offer(frame(1));
            busy[0].offer(frame(2));
            slow.offer(frame(1));

            gate.open();
            done.await();
        }
        assertThat(seen).containsExactly("b2", "q1", "s1", "b4", "b6");
    }

    @Test
    void servesWhoIsNearlyDoneBeforeWhoHasNotBegun() throws InterruptedException {
        try (InferencePool pool = new InferencePool(1)) {
            CountDownLatch looking = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Done done = new Done(3);
            Lane nearlyDone = pool.lane(frame -> {
                seen.add("nearly" + frame.encoded()[0]);
                looking.countDown();
                await(goOn);
                done.one();
                return frame.encoded()[0] == 1;
            });
            nearlyDone.offer(frame(1));
            looking.await();
            lane(pool, "new", done).offer(frame(1));
            nearlyDone.offer(frame(2));
            goOn.countDown();
            done.await();
        }
        assertThat(seen).containsExactly("nearly1", "nearly2", "new1");
    }

    @Test
    void tellsHowManyAreServedBefore() throws InterruptedException {
        try (InferencePool pool = new InferencePool(2)) {
            Gate first = new Gate(pool);
            assertThat(first.place).as("two threads are free").isZero();
            Gate second = new Gate(pool);
            assertThat(second.place).as("one thread is free").isZero();
            assertThat(pool.busy()).isEqualTo(2);
            assertThat(pool.threads()).isEqualTo(2);
            Done done = new Done(3);
            Lane a = lane(pool, "a", done);
            Lane b = lane(pool, "b", done);
            Lane c = lane(pool, "c", done);

            assertThat(a.offer(frame(1))).isEqualTo(1);
            assertThat(b.offer(frame(1))).isEqualTo(2);
            assertThat(c.offer(frame(1))).isEqualTo(3);
            assertThat(a.offer(frame(2))).as("a newer frame keeps the place").isEqualTo(1);
            assertThat(c.offer(frame(2))).isEqualTo(3);
            assertThat(pool.waiting()).isEqualTo(3);

            b.close();
            assertThat(c.offer(frame(3))).as("one before it left").isEqualTo(2);
            assertThat(b.offer(frame(9))).isZero();
            lane(pool, "d", done).offer(frame(1));

            first.open();
            second.open();
            done.await();
        }
        assertThat(seen).containsExactlyInAnyOrder("a2", "c3", "d1");
    }

    @Test
    void looksAtOneFrameOfALaneAtATime() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (InferencePool pool = new InferencePool(4)) {
            CountDownLatch last = new CountDownLatch(1);
            Lane lane = pool.lane(frame -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                now.decrementAndGet();
                if (frame.encoded()[0] == 100) {
                    last.countDown();
                }
                return false;
            });
            for (int i = 0; i < 2000; i++) {
                lane.offer(frame(i % 100));
            }
            lane.offer(frame(100));
            last.await();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void forgetsTheFrameOfALaneThatEnds() throws InterruptedException {
        CapturedSample waiting = frame(1);
        CapturedSample late = frame(2);
        try (InferencePool pool = new InferencePool(1)) {
            Gate gate = new Gate(pool);
            Done done = new Done(1);
            Lane gone = lane(pool, "gone", done);
            gone.offer(waiting);
            lane(pool, "a", done).offer(frame(1));

            gone.close();
            gone.offer(late);

            assertThat(waiting.encoded()).containsOnly(0);
            assertThat(late.encoded()).containsOnly(0);
            assertThat(pool.waiting()).isEqualTo(1);
            gate.open();
            done.await();
        }
        assertThat(seen).containsExactly("a1");
    }

    @Test
    void finishesWhatItLooksAtAndWipesTheRestWhenItCloses() throws InterruptedException {
        InferencePool pool = new InferencePool(1);
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lane running = pool.lane(frame -> {
            looking.countDown();
            await(goOn);
            seen.add("running" + frame.encoded()[0]);
            return false;
        });
        running.offer(frame(1));
        looking.await();
        CapturedSample next = frame(2);
        CapturedSample waiting = frame(3);
        running.offer(next);
        lane(pool, "waiting", new Done(0)).offer(waiting);

        Thread closing = Thread.ofPlatform().start(pool::close);
        while (pool.waiting() > 0) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closing.join();

        assertThat(seen).containsExactly("running1");
        assertThat(waiting.encoded()).containsOnly(0);
        assertThat(next.encoded()).as("the next frame of the lane that ran").containsOnly(0);
        assertThat(pool.busy()).isZero();
        CapturedSample late = frame(4);
        assertThat(running.offer(late)).isZero();
        assertThat(late.encoded()).containsOnly(0);
    }

    @Test
    void wantsAThread() {
        assertThatThrownBy(() -> new InferencePool(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Lane lane(InferencePool pool, String name, Done done) {
        return pool.lane(frame -> {
            seen.add(name + frame.encoded()[0]);
            done.one();
            return false;
        });
    }

    /** A frame that is nothing but this number. */
    private static CapturedSample frame(int content) {
        return new CapturedSample(new byte[] {(byte) content, (byte) content, (byte) content});
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps one thread of the pool busy from its making until it is opened. */
    private static final class Gate {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final int place;

        Gate(InferencePool pool) throws InterruptedException {
            CountDownLatch reached = new CountDownLatch(1);
            place = pool.lane(frame -> {
                        reached.countDown();
                        InferencePoolTest.await(opened);
                        return false;
                    })
                    .offer(frame(0));
            reached.await();
        }

        void open() {
            opened.countDown();
        }
    }

    /** Hears of every frame that was looked at. */
    private static final class Done {
        private final CountDownLatch left;

        Done(int frames) {
            left = new CountDownLatch(frames);
        }

        void one() {
            left.countDown();
        }

        void await() throws InterruptedException {
            left.await();
        }
    }
}
