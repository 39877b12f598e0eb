package org.vultus.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.CapturedSample;

/** One thread, held by a first lane while others queue up, so that the order is certain. */
class InferencePoolTest {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch holding = new CountDownLatch(1);
    private final List<String> order = new CopyOnWriteArrayList<>();

    private static CapturedSample frame(int value) {
        return new CapturedSample(new byte[] {(byte) value});
    }

    private InferencePool.Lane holder(InferencePool pool, boolean soon) {
        return pool.lane(sample -> {
            order.add("holder " + sample.encoded()[0]);
            holding.countDown();
            await(held);
            return soon;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onlyTheLatestFrameIsLookedAtAndTheOthersAreWiped() {
        CountDownLatch done = new CountDownLatch(2);
        try (InferencePool pool = new InferencePool(1)) {
            holder(pool, false).offer(frame(1));
            await(holding);
            InferencePool.Lane lane = pool.lane(sample -> {
                order.add("lane " + sample.encoded()[0]);
                done.countDown();
                return false;
            });
            CapturedSample overtaken = frame(1);
            CapturedSample latest = frame(2);
            assertThat(lane.offer(overtaken)).isEqualTo(1);
            assertThat(lane.offer(latest)).isEqualTo(1);
            assertThat(overtaken.encoded()).containsOnly(0);
            InferencePool.Lane behind = pool.lane(sample -> {
                order.add("behind");
                done.countDown();
                return false;
            });
            assertThat(behind.offer(frame(1))).isEqualTo(2);
            assertThat(pool.waiting()).isEqualTo(2);
            held.countDown();
            await(done);
        }
        assertThat(order).containsExactly("holder 1", "lane 2", "behind");
    }

    @Test
    void whoIsNearlyDoneGoesBeforeWhoHasNotBegun() {
        CountDownLatch done = new CountDownLatch(1);
        try (InferencePool pool = new InferencePool(1)) {
            InferencePool.Lane nearlyDone = holder(pool, true);
            nearlyDone.offer(frame(1));
            await(holding);
            pool.lane(sample -> {
                        order.add("new");
                        done.countDown();
                        return false;
                    })
                    .offer(frame(1));
            nearlyDone.offer(frame(2));
            held.countDown();
            await(done);
        }
        assertThat(order).containsExactly("holder 1", "holder 2", "new");
    }

    @Test
    void whoIsNotGoesBehind() {
        CountDownLatch done = new CountDownLatch(2);
        try (InferencePool pool = new InferencePool(1)) {
            InferencePool.Lane lane = pool.lane(sample -> {
                order.add("lane " + sample.encoded()[0]);
                holding.countDown();
                if (sample.encoded()[0] == 1) {
                    await(held);
                }
                done.countDown();
                return false;
            });
            lane.offer(frame(1));
            await(holding);
            CountDownLatch other = new CountDownLatch(1);
            pool.lane(sample -> {
                        order.add("new");
                        other.countDown();
                        return false;
                    })
                    .offer(frame(1));
            lane.offer(frame(2));
            held.countDown();
            await(other);
            await(done);
        }
        assertThat(order).containsExactly("lane 1", "new", "lane 2");
    }

    @Test
    void aClosedLaneIsWipedAndNotServed() {
        try (InferencePool pool = new InferencePool(1)) {
            holder(pool, false).offer(frame(1));
            await(holding);
            InferencePool.Lane lane = pool.lane(sample -> order.add("closed"));
            CapturedSample waits = frame(1);
            lane.offer(waits);
            lane.close();
            assertThat(waits.encoded()).containsOnly(0);
            CapturedSample late = frame(1);
            assertThat(lane.offer(late)).isZero();
            assertThat(late.encoded()).containsOnly(0);
            assertThat(pool.waiting()).isZero();
            held.countDown();
        }
        assertThat(order).containsExactly("holder 1");
    }
}
