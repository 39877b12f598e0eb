package org.vultus.server.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.biometrics.image.CapturedSample;

/**
 * A bounded number of threads that look at frames, and a queue of sessions that wait for one. Each session has a lane that holds
 * its latest frame only: a frame that was not looked at when the next one comes is wiped. Lanes take turns, so that a client that
 * sends more does not get more.
 *
 * <p>A lane whose work is about to be done goes before those that have not begun: when many people come at once, half of them
 * then leave in half the time, and nobody later than if all had waited for the last. Work tells so itself, for a bounded number
 * of frames, so that the others come to their turn. Safe for several threads.
 */
public final class InferencePool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferencePool.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Lane> first = new ArrayDeque<>();
    private final Deque<Lane> waiting = new ArrayDeque<>();
    private final List<Thread> workers = new ArrayList<>();
    private boolean closed;
    private int busy;

    /** @param threads how many frames are looked at at the same time; as many as the machine has cores */
    public InferencePool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads);
        }
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().name("inference-" + i).daemon().start(this::serve));
        }
    }

    /**
     * A new lane.
     *
     * @param work what is done with a frame, one at a time; the frame is wiped afterwards. It answers whether its next frame is to
     *     go before those of lanes that do not say so. What it throws is logged, so it had better tell its client itself
     */
    public Lane lane(Predicate<CapturedSample> work) {
        return new Lane(work);
    }

    /** How many sessions wait for a thread. */
    public int waiting() {
        lock.lock();
        try {
            return first.size() + waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many threads there are. */
    public int threads() {
        return workers.size();
    }

    /** How many of them look at a frame now. */
    public int busy() {
        lock.lock();
        try {
            return busy;
        } finally {
            lock.unlock();
        }
    }

    /** Stops after the frames that are being looked at; those that wait are wiped. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            first.forEach(Lane::wipe);
            first.clear();
            waiting.forEach(Lane::wipe);
            waiting.clear();
            work.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve() {
        while (true) {
            Lane lane;
            CapturedSample frame;
            lock.lock();
            try {
                while (first.isEmpty() && waiting.isEmpty() && !closed) {
                    work.awaitUninterruptibly();
                }
                if (closed) {
                    return;
                }
                lane = first.isEmpty() ? waiting.remove() : first.remove();
                frame = lane.take();
                busy++;
            } finally {
                lock.unlock();
            }
            boolean soon = false;
            try (frame) {
                soon = lane.work.test(frame);
            } catch (RuntimeException | Error e) {
                LOG.error("A frame could not be looked at", e);
            } finally {
                finished(lane, soon);
            }
        }
    }

    private void finished(Lane lane, boolean soon) {
        lock.lock();
        try {
            busy--;
            lane.running = false;
            lane.soon = soon;
            if (closed) {
                lane.wipe();
            } else if (lane.pending != null) {
                lane.queue().add(lane);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One session's place in the queue. */
    public final class Lane implements AutoCloseable {
        private final Predicate<CapturedSample> work;
        private @Nullable CapturedSample pending;
        private boolean running;
        private boolean soon;
        private boolean ended;

        private Lane(Predicate<CapturedSample> work) {
            this.work = work;
        }

        private Deque<Lane> queue() {
            return soon ? first : waiting;
        }

        /**
         * Hands over a frame, in place of one that still waits.
         *
         * @return how many sessions are served before this one; 0 when a thread is free for it or looks at its last frame
         */
        public int offer(CapturedSample frame) {
            lock.lock();
            try {
                if (closed || ended) {
                    frame.close();
                    return 0;
                }
                boolean waits = pending != null;
                wipe();
                pending = frame;
                if (running) {
                    return 0;
                }
                if (!waits) {
                    queue().add(this);
                    InferencePool.this.work.signal();
                }
                int ahead = soon ? 0 : first.size();
                for (Lane lane : queue()) {
                    if (lane == this) {
                        break;
                    }
                    ahead++;
                }
                return Math.max(0, ahead + busy - workers.size() + 1);
            } finally {
                lock.unlock();
            }
        }

        /** Takes no more frames; one that waits is wiped. */
        @Override
        public void close() {
            lock.lock();
            try {
                ended = true;
                wipe();
                queue().remove(this);
            } finally {
                lock.unlock();
            }
        }

        private CapturedSample take() {
            CapturedSample frame = pending;
            if (frame == null) {
                throw new IllegalStateException("a lane waits without a frame");
            }
            pending = null;
            running = true;
            return frame;
        }

        private void wipe() {
            if (pending != null) {
                pending.close();
                pending = null;
            }
        }
    }
}
