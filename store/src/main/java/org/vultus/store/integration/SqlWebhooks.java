package org.vultus.store.integration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.store.keys.PayrollVault;

/**
 * Webhooks and their outbox in {@code webhooks} and {@code webhook_deliveries}, which a trigger of the audit trail fills. Several servers
 * may share it: a delivery is leased to one of them, and is anybody's again when the lease is over. Safe for several threads.
 */
public final class SqlWebhooks {
    private final JdbcClient jdbc;
    private final PayrollVault vault;
    private final SqlEvents events;

    public SqlWebhooks(JdbcClient jdbc, PayrollVault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.events = new SqlEvents(jdbc);
    }

    /** @param removedAt since when it is told nothing */
    public record Webhook(
            UUID id,
            String url,
            Set<String> types,
            Instant registeredAt,
            @Nullable Instant removedAt) {}

    /** Names are stable: they are stored. */
    public enum State {
        WAITING,
        DELIVERED,
        /** Given up; an administrator may replay it. */
        DEAD
    }

    /**
     * @param id the same at each attempt
     * @param answered the last HTTP status; {@code null} where there was none
     */
    public record Delivery(
            UUID id,
            long sequence,
            State state,
            int attempts,
            Instant dueAt,
            @Nullable Integer answered,
            @Nullable String failure,
            Instant changedAt) {}

    /**
     * A delivery to be made now.
     *
     * @param attempt 1 for the first
     */
    public record Due(UUID id, UUID webhook, String url, String secret, int attempt, AttendanceEvent event) {
        @Override
        public String toString() {
            return "Due[id=%s, attempt=%d]".formatted(id, attempt);
        }
    }

    public void add(Webhook webhook, String secret, UUID by) {
        jdbc.sql("INSERT INTO webhooks (id, url, types, sealed_secret, registered_by, registered_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        webhook.id(),
                        webhook.url(),
                        webhook.types().toArray(String[]::new),
                        vault.seal(secret, context(webhook.id())),
                        by,
                        time(webhook.registeredAt()))
                .update();
    }

    /** What waits for it is dropped. @return {@code false} when there is no such webhook in use */
    public boolean remove(UUID webhook, Instant at) {
        boolean removed = jdbc.sql("UPDATE webhooks SET removed_at = ? WHERE id = ? AND removed_at IS NULL")
                        .params(time(at), webhook)
                        .update()
                == 1;
        jdbc.sql("DELETE FROM webhook_deliveries WHERE webhook_id = ? AND state = 'WAITING'")
                .param(webhook)
                .update();
        return removed;
    }

    /** Those in use, oldest first. */
    public List<Webhook> inUse() {
        return jdbc.sql("SELECT * FROM webhooks WHERE removed_at IS NULL ORDER BY registered_at, id")
                .query((row, number) -> new Webhook(
                        row.getObject("id", UUID.class),
                        row.getString("url"),
                        new TreeSet<>(Set.of((String[]) row.getArray("types").getArray())),
                        instant(row, "registered_at"),
                        null))
                .list();
    }

    /** The latest first. */
    public List<Delivery> deliveries(UUID webhook, Optional<State> state, int limit) {
        return jdbc.sql("SELECT * FROM webhook_deliveries WHERE webhook_id = :webhook"
                        + " AND (:state::text IS NULL OR state = :state::text) ORDER BY sequence DESC LIMIT :limit")
                .param("webhook", webhook)
                .param("state", state.map(Enum::name).orElse(null))
                .param("limit", limit)
                .query(SqlWebhooks::delivery)
                .list();
    }

    /**
     * Sends again from the first attempt on.
     *
     * @param deliveries those, whether delivered or dead; empty for all dead ones
     * @return how many
     */
    public int replay(UUID webhook, List<UUID> deliveries, Instant at) {
        return jdbc.sql("UPDATE webhook_deliveries SET state = 'WAITING', attempts = 0, due_at = :at, changed_at = :at"
                        + " WHERE webhook_id = :webhook AND EXISTS (SELECT FROM webhooks w WHERE w.id = :webhook"
                        + " AND w.removed_at IS NULL) AND state <> 'WAITING'"
                        + " AND (id = ANY (:ids::uuid[]) OR (cardinality(:ids::uuid[]) = 0 AND state = 'DEAD'))")
                .param("webhook", webhook)
                .param("at", time(at))
                .param("ids", deliveries.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    /** Takes some that are due; nobody else gets them until the lease is over. In the order they happened. */
    public List<Due> lease(Instant now, Duration lease, int limit) {
        record Leased(UUID id, UUID webhook, long sequence, String url, byte[] secret, int attempt) {}
        List<Leased> leased = jdbc.sql("WITH mine AS (SELECT id FROM webhook_deliveries WHERE state = 'WAITING'"
                        + " AND due_at <= :now AND webhook_id IN (SELECT id FROM webhooks WHERE removed_at IS NULL)"
                        + " ORDER BY due_at, sequence LIMIT :limit FOR UPDATE SKIP LOCKED)"
                        + " UPDATE webhook_deliveries d SET attempts = d.attempts + 1, due_at = :until, changed_at = :now"
                        + " FROM mine, webhooks w WHERE d.id = mine.id AND w.id = d.webhook_id"
                        + " RETURNING d.id, d.webhook_id, d.sequence, w.url, w.sealed_secret, d.attempts")
                .param("now", time(now))
                .param("until", time(now.plus(lease)))
                .param("limit", limit)
                .query((row, number) -> new Leased(
                        row.getObject("id", UUID.class),
                        row.getObject("webhook_id", UUID.class),
                        row.getLong("sequence"),
                        row.getString("url"),
                        row.getBytes("sealed_secret"),
                        row.getInt("attempts")))
                .list();
        Map<Long, AttendanceEvent> told =
                events.numbered(leased.stream().map(Leased::sequence).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(AttendanceEvent::sequence, Function.identity()));
        List<Due> due = new ArrayList<>();
        for (Leased one : leased) {
            due.add(new Due(
                    one.id(),
                    one.webhook(),
                    one.url(),
                    vault.open(one.secret(), context(one.webhook())),
                    one.attempt(),
                    Objects.requireNonNull(told.get(one.sequence()))));
        }
        due.sort(Comparator.comparingLong(one -> one.event().sequence()));
        return due;
    }

    public void delivered(UUID delivery, int status, Instant at) {
        settle(delivery, State.DELIVERED, at, status, null, at);
    }

    /** To be tried again. */
    public void failed(UUID delivery, @Nullable Integer status, String failure, Instant next, Instant at) {
        settle(delivery, State.WAITING, next, status, failure, at);
    }

    /** Put aside. */
    public void dead(UUID delivery, @Nullable Integer status, String failure, Instant at) {
        settle(delivery, State.DEAD, at, status, failure, at);
    }

    private void settle(
            UUID delivery, State state, Instant due, @Nullable Integer status, @Nullable String failure, Instant at) {
        jdbc.sql("UPDATE webhook_deliveries SET state = :state, due_at = :due, answered = :status, failure = :failure,"
                        + " changed_at = :at WHERE id = :id AND state = 'WAITING'")
                .param("state", state.name())
                .param("due", time(due))
                .param("status", status)
                .param("failure", failure == null || failure.length() <= 500 ? failure : failure.substring(0, 500))
                .param("at", time(at))
                .param("id", delivery)
                .update();
    }

    /** Removes what was delivered before one moment, what was given up before another, and what nobody waits for. @return how many */
    public int forget(Instant deliveredBefore, Instant deadBefore) {
        return jdbc.sql("DELETE FROM webhook_deliveries WHERE (state = 'DELIVERED' AND changed_at < ?)"
                        + " OR (state = 'DEAD' AND changed_at < ?) OR (state = 'WAITING'"
                        // What was told in the moment of the removal.
                        + " AND webhook_id IN (SELECT id FROM webhooks WHERE removed_at IS NOT NULL))")
                .params(time(deliveredBefore), time(deadBefore))
                .update();
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        int status = row.getInt("answered");
        boolean answered = !row.wasNull();
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getLong("sequence"),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                instant(row, "due_at"),
                answered ? status : null,
                row.getString("failure"),
                instant(row, "changed_at"));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String context(UUID webhook) {
        return "vultus webhook\n" + webhook;
    }
}
