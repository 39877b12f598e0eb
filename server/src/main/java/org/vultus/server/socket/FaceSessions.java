package org.vultus.server.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.access.signin.Authenticated;
import org.vultus.access.signin.FaceAttempt;
import org.vultus.access.signin.FrameAnswer;
import org.vultus.access.signin.LivingFace;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.token.AccessTokens;
import org.vultus.server.token.FaceHandover;

/**
 * The face sessions that are open on this server, each with its lane in the inference pool and its end: decided, expired or
 * abandoned. Safe for several threads.
 */
public final class FaceSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FaceSessions.class);

    /** A place in the queue is news for a person, who reads no faster. */
    private static final long BETWEEN_PLACES_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<UUID, Open> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService reaper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("session-expiry").daemon().factory());
    private final ScheduledFuture<?> expiry;
    private final InferencePool pool;
    private final AccessTokens tokens;
    private final FaceHandover handover;
    private final int maximum;
    private final Clock clock;
    private final MeterRegistry meters;

    public FaceSessions(
            InferencePool pool,
            AccessTokens tokens,
            FaceHandover handover,
            int maximum,
            Clock clock,
            MeterRegistry meters) {
        this.pool = pool;
        this.tokens = tokens;
        this.handover = handover;
        this.maximum = maximum;
        this.clock = clock;
        this.meters = meters;
        Gauge.builder("vultus.sessions.open", open, Map::size).register(meters);
        Gauge.builder("vultus.inference.waiting", pool, InferencePool::waiting).register(meters);
        expiry = reaper.scheduleWithFixedDelay(this::expire, 1, 1, TimeUnit.SECONDS);
    }

    /** How many are open. */
    public int size() {
        return open.size();
    }

    /** Whether one more may be opened. */
    public boolean hasRoom() {
        return open.size() < maximum;
    }

    /**
     * @param issuer what a token names as its issuer
     * @param listener hears every message of the session, one at a time; the last is a {@link Message.Complete} or a refusing
     *     {@link Message.Result}
     */
    public Open open(FaceAttempt attempt, String issuer, Consumer<Message> listener) {
        return remember(new Open(attempt, new Purpose.SignIn(issuer), listener));
    }

    /**
     * A session at a device. Its last message is the greeting or a refusing {@link Message.Result}.
     *
     * @param greet does what is to be done for whoever was recognised, and gives the last message
     */
    public Open attend(FaceAttempt attempt, Function<LivingFace, Message.Greets> greet, Consumer<Message> listener) {
        return remember(new Open(attempt, new Purpose.Presence(greet), listener));
    }

    private Open remember(Open session) {
        open.put(session.attempt.session().id(), session);
        return session;
    }

    /** What a session is for. */
    private sealed interface Purpose {
        record SignIn(String issuer) implements Purpose {}

        record Presence(Function<LivingFace, Message.Greets> greet) implements Purpose {}
    }

    private void expire() {
        for (Open session : open.values()) {
            if (!clock.instant().isBefore(session.attempt.session().expiresAt())) {
                session.end();
            }
        }
    }

    @Override
    public void close() {
        expiry.cancel(false);
        reaper.shutdown();
        open.values().forEach(Open::end);
    }

    /** One open session. */
    public final class Open {
        private final FaceAttempt attempt;
        private final Purpose purpose;
        private final Consumer<Message> listener;
        private final InferencePool.Lane lane;
        private final AtomicLong toldToWaitAt = new AtomicLong(System.nanoTime() - BETWEEN_PLACES_NANOS);
        private boolean over;

        private Open(FaceAttempt attempt, Purpose purpose, Consumer<Message> listener) {
            this.attempt = attempt;
            this.purpose = purpose;
            this.listener = listener;
            this.lane = pool.lane(this::look);
        }

        public FaceAttempt attempt() {
            return attempt;
        }

        /** Hands over a frame; it is wiped once it was looked at, or when a newer one takes its place. */
        public void frame(CapturedSample frame) {
            frame(frame, Duration.ZERO);
        }

        /** @param onItsWay how much longer this frame took to arrive than others do */
        public void frame(CapturedSample frame, Duration onItsWay) {
            int place = lane.offer(frame.arrivedAt(clock.instant(), onItsWay));
            long now = System.nanoTime();
            long told = toldToWaitAt.get();
            if (place > 0 && now - told >= BETWEEN_PLACES_NANOS && toldToWaitAt.compareAndSet(told, now)) {
                listener.accept(new Message.BusyFeedback(new Message.BusyFeedback.Busy(place)));
            }
        }

        /** What the client says of itself; a wish for another script is answered, where it is granted, by a new one. */
        void hear(ClientMessage message) {
            synchronized (this) {
                if (over) {
                    return;
                }
                switch (message) {
                    case ClientMessage.Cannot(Set<Gesture> gestures) ->
                        attempt.cannot(gestures).ifPresent(this::answer);
                    case ClientMessage.Camera(String label) -> attempt.camera(label);
                }
            }
        }

        /** Another script without these, where it is granted; its listener does not hear of it. */
        Optional<Message> another(Set<Gesture> cannot) {
            synchronized (this) {
                return over ? Optional.empty() : attempt.cannot(cannot).map(Message.NewScript::of);
            }
        }

        /** Ends the session if nothing has been decided: its time is up or its client has gone. */
        public void end() {
            lane.close();
            synchronized (this) {
                if (over) {
                    return;
                }
                try {
                    attempt.expire();
                } catch (RuntimeException e) {
                    LOG.warn("An abandoned session could not be recorded: {}", e.getMessage());
                }
                finish(refusal(SignInRefusal.EXPIRED));
            }
        }

        /** @return whether a few more frames like this one decide */
        private boolean look(CapturedSample frame) {
            long start = System.nanoTime();
            boolean soon = false;
            synchronized (this) {
                if (over) {
                    return false;
                }
                try {
                    FrameAnswer answer = attempt.frame(frame);
                    soon = soon(answer);
                    answer(answer);
                } catch (GalleryUnavailable e) {
                    LOG.warn("A face session found nobody to compare with: {}", e.getMessage());
                    finish(Message.Result.noSearch());
                } catch (RuntimeException e) {
                    LOG.error("A face session failed", e);
                    finish(Message.Result.fault());
                }
            }
            Timer.builder("vultus.frame").register(meters).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return soon;
        }

        /**
         * Who takes more than twice the frames that are wanted waits with those who come, or bad frames would block them. Under a
         * script everybody takes turns: each needs several frames a second for as long as it lasts.
         */
        private boolean soon(FrameAnswer answer) {
            return answer instanceof FrameAnswer.Feedback feedback
                    && feedback.accepted()
                    && feedback.prompt().isEmpty()
                    && feedback.frame() < 2 * attempt.wanted();
        }

        private void answer(FrameAnswer answer) {
            switch (answer) {
                case FrameAnswer.Scripted scripted -> listener.accept(Message.NewScript.of(scripted));
                case FrameAnswer.Feedback feedback -> listener.accept(Message.Feedback.of(feedback));
                case FrameAnswer.Refused(SignInRefusal reason) -> {
                    count("refused");
                    finish(refusal(reason));
                }
                case FrameAnswer.Accepted(Authenticated evidence)
                when purpose instanceof Purpose.SignIn(String issuer) -> {
                    count("accepted");
                    AccessTokens.Issued issued = tokens.issue(evidence, issuer);
                    handover.offer(issued);
                    Timer.builder("vultus.signin")
                            .register(meters)
                            .record(Duration.between(attempt.session().openedAt(), clock.instant()));
                    listener.accept(Message.Result.ACCEPTED);
                    finish(Message.Complete.of(issued));
                }
                case FrameAnswer.Identified(LivingFace face)
                when purpose instanceof Purpose.Presence(var greet) -> {
                    Message.Greets greeting = greet.apply(face);
                    listener.accept(Message.Result.ACCEPTED);
                    finish(greeting);
                }
                case FrameAnswer.Accepted _, FrameAnswer.Identified _ ->
                    throw new IllegalStateException("a session ended with evidence for another purpose");
            }
        }

        private Message.Result refusal(SignInRefusal reason) {
            return switch (purpose) {
                case Purpose.SignIn _ -> Message.Result.refused(reason, null);
                case Purpose.Presence _ -> Message.Result.refusedAtKiosk(reason, null);
            };
        }

        private void finish(Message last) {
            over = true;
            open.remove(attempt.session().id());
            listener.accept(last);
            lane.close();
        }

        private void count(String outcome) {
            if (purpose instanceof Purpose.Presence) {
                return;
            }
            Counter.builder("vultus.signins")
                    .tag("method", "face")
                    .tag("outcome", outcome)
                    .register(meters)
                    .increment();
        }
    }
}
