package org.vultus.server.start;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.privacy.Retention;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.store.audit.SqlAuditTrail;

/** What is done from time to time: the audit trail is signed, and what nobody needs any more is removed. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long SIGN_EVERY_SECONDS = 60;
    private static final long FORGET_EVERY_SECONDS = 60;
    private static final long CLEAN_EVERY_SECONDS = 3600;

    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("housekeeping").daemon().factory());
    private final List<ScheduledFuture<?>> chores;
    private final SqlAuditTrail audit;
    private final Retention retention;
    private final JdbcClient jdbc;

    public Housekeeping(SqlAuditTrail audit, Retention retention, FaceSignIn signIn, JdbcClient jdbc) {
        this.audit = audit;
        this.retention = retention;
        this.jdbc = jdbc;
        this.chores = List.of(
                clockwork.scheduleWithFixedDelay(
                        () -> quietly(audit::sign), SIGN_EVERY_SECONDS, SIGN_EVERY_SECONDS, TimeUnit.SECONDS),
                clockwork.scheduleWithFixedDelay(
                        () -> quietly(signIn::forgetWhoIsGone),
                        FORGET_EVERY_SECONDS,
                        FORGET_EVERY_SECONDS,
                        TimeUnit.SECONDS),
                clockwork.scheduleWithFixedDelay(
                        () -> quietly(this::clean), CLEAN_EVERY_SECONDS, CLEAN_EVERY_SECONDS, TimeUnit.SECONDS));
    }

    /** Removes what is due now. */
    public void clean() {
        retention.apply();
        jdbc.sql("DELETE FROM rate_limits WHERE expires_at < (extract(epoch FROM now()) * 1000)::bigint")
                .update();
        jdbc.sql("DELETE FROM lockouts WHERE changed_at < now() - interval '1 day'"
                        + " AND (locked_until IS NULL OR locked_until < now())")
                .update();
        jdbc.sql(
                        "DELETE FROM oauth2_authorization WHERE coalesce(greatest(refresh_token_expires_at,"
                                + " access_token_expires_at, authorization_code_expires_at), now()) < now() - interval '1 hour'")
                .update();
    }

    /** A chore that failed is tried again the next time. */
    private static void quietly(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.warn("Housekeeping was put off: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        chores.forEach(chore -> chore.cancel(false));
        clockwork.shutdown();
        // What was appended since the last signature is signed before the server goes.
        quietly(audit::sign);
    }
}
