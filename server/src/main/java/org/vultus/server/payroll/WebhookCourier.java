package org.vultus.server.payroll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.store.integration.SqlWebhooks;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes what is due out of the outbox and sends it, at least once and mostly in order; what fails is tried again later and later, and
 * put aside at last. Several servers may do so at once.
 */
public final class WebhookCourier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookCourier.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);
    private static final Duration DELIVERED_KEPT = Duration.ofDays(30);
    private static final Duration DEAD_KEPT = Duration.ofDays(90);
    private static final int AT_ONCE = 16;
    /** Gone: the receiver wants no more of it (Standard Webhooks). */
    private static final int GONE = 410;

    private final SqlWebhooks webhooks;
    private final WebhookSender sender;
    private final WebhookTarget.Resolver resolver;
    private final PayrollProperties properties;
    private final JsonMapper json;
    private final RandomGenerator random;
    private final Clock clock;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhooks").daemon().factory());
    private final List<ScheduledFuture<?>> chores = new ArrayList<>(2);
    private final ExecutorService errands = Executors.newVirtualThreadPerTaskExecutor();

    WebhookCourier(
            SqlWebhooks webhooks,
            WebhookSender sender,
            WebhookTarget.Resolver resolver,
            PayrollProperties properties,
            JsonMapper json,
            RandomGenerator random,
            Clock clock) {
        this.webhooks = webhooks;
        this.sender = sender;
        this.resolver = resolver;
        this.properties = properties;
        this.json = json;
        this.random = random;
        this.clock = clock;
    }

    /** With the JDK's trust and names, at work. */
    public static WebhookCourier atWork(
            SqlWebhooks webhooks, PayrollProperties properties, JsonMapper json, Clock clock) {
        return new WebhookCourier(
                        webhooks,
                        new WebhookSender(
                                (SSLSocketFactory) SSLSocketFactory.getDefault(), properties.webhookTimeout()),
                        InetAddress::getAllByName,
                        properties,
                        json,
                        new SecureRandom(),
                        clock)
                .start();
    }

    /** Begins to look for what is due, now and then. */
    private WebhookCourier start() {
        chores.add(clockwork.scheduleWithFixedDelay(
                () -> quietly(this::deliver), PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        chores.add(clockwork.scheduleWithFixedDelay(() -> quietly(this::forget), 1, 1, TimeUnit.HOURS));
        return this;
    }

    private void forget() {
        Instant now = clock.instant();
        webhooks.forget(now.minus(DELIVERED_KEPT), now.minus(DEAD_KEPT));
    }

    /** Sends everything that is due now. */
    void deliver() {
        // Longer than any attempt takes: to connect, to shake hands and to be answered.
        Duration lease = properties.webhookTimeout().multipliedBy(4).plusSeconds(10);
        List<SqlWebhooks.Due> due;
        do {
            due = webhooks.lease(clock.instant(), lease, AT_ONCE);
            List<Future<?>> sent = due.stream()
                    .<Future<?>>map(one -> errands.submit(() -> quietly(() -> send(one))))
                    .toList();
            for (Future<?> one : sent) {
                await(one);
            }
        } while (due.size() == AT_ONCE);
    }

    private static void await(Future<?> one) {
        try {
            one.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(SqlWebhooks.Due due) {
        String body = json.writeValueAsString(EventJson.of(due.event()));
        try {
            WebhookTarget target = WebhookTarget.resolve(due.url(), properties.webhookHosts(), resolver);
            Instant now = clock.instant();
            int status = sender.send(target, due.secret(), due.id().toString(), now.getEpochSecond(), body);
            if (status / 100 == 2) {
                webhooks.delivered(due.id(), status, clock.instant());
            } else {
                failed(due, status, "answered " + status, status == GONE);
            }
        } catch (UnknownHostException e) {
            failed(due, null, "the host is not known", false);
        } catch (IllegalArgumentException e) {
            failed(due, null, String.valueOf(e.getMessage()), false);
        } catch (IOException e) {
            failed(due, null, e.getClass().getSimpleName() + ": " + e.getMessage(), false);
        }
    }

    private void failed(SqlWebhooks.Due due, @Nullable Integer status, String failure, boolean forGood) {
        Instant now = clock.instant();
        if (forGood || due.attempt() >= properties.webhookAttempts()) {
            LOG.warn("A webhook was given up after {} attempts: {} ({})", due.attempt(), due.webhook(), failure);
            webhooks.dead(due.id(), status, failure, now);
        } else {
            webhooks.failed(due.id(), status, failure, now.plus(pause(due.attempt(), random.nextDouble())), now);
        }
    }

    /**
     * How long to wait after an attempt: twice as long each time, less up to a half by chance, so that receivers that come back are not
     * met by all at once.
     *
     * @param chance 0 to 1
     */
    static Duration pause(int attempt, double chance) {
        long whole = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(Math.round(whole * (1 - chance / 2)));
    }

    /** What could not be done is tried again the next time. */
    private static void quietly(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.warn("Webhooks were put off: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        chores.forEach(chore -> chore.cancel(true));
        clockwork.shutdownNow();
        errands.close();
    }
}
