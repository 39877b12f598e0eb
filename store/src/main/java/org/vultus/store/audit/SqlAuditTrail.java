package org.vultus.store.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditChain;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.audit.Checkpoint;
import org.vultus.store.keys.SigningKeys;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link AuditTrail} in the table {@code audit_events}. Whoever appends holds the end of the chain until their transaction ends, so
 * that the chain has no forks; append last. Safe for several threads and several servers.
 */
public final class SqlAuditTrail implements AuditTrail {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<TreeMap<String, String>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final UnitOfWork work;
    private final SigningKeys keys;
    private final Clock clock;

    public SqlAuditTrail(JdbcClient jdbc, UnitOfWork work, SigningKeys keys, Clock clock) {
        this.jdbc = jdbc;
        this.work = work;
        this.keys = keys;
        this.clock = clock;
    }

    private record Head(long sequence, String hash) {}

    @Override
    public void append(AuditEvent said) {
        AuditEvent event = storable(said);
        work.run(() -> {
            Head head = jdbc.sql("SELECT sequence, hash FROM audit_head FOR UPDATE")
                    .query((row, number) -> new Head(row.getLong("sequence"), row.getString("hash")))
                    .single();
            Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            AuditRecord record = AuditChain.next(head.sequence() + 1, at, event, head.hash());
            jdbc.sql(
                            "INSERT INTO audit_events (sequence, at, action, actor_id, actor_address, actor_device, subject_id,"
                                    + " department_id, accepted, detail, previous, hash)"
                                    + " VALUES (:sequence, :at, :action, :actor, :address, :device, :subject, :department,"
                                    + " :accepted, :detail::jsonb, :previous, :hash)")
                    .param("sequence", record.sequence())
                    .param("at", at.atOffset(ZoneOffset.UTC))
                    .param("action", event.action().name())
                    .param("actor", event.actor().subject())
                    .param("address", event.actor().address())
                    .param("device", event.actor().device())
                    .param("subject", event.subject())
                    .param("department", event.department())
                    .param("accepted", event.accepted())
                    .param("detail", JSON.writeValueAsString(event.detail()))
                    .param("previous", record.previous())
                    .param("hash", record.hash())
                    .update();
            jdbc.sql("UPDATE audit_head SET sequence = ?, hash = ?")
                    .params(record.sequence(), record.hash())
                    .update();
        });
    }

    /** Signs the end of the chain; empty when nothing was appended since the last signature. */
    public Optional<Checkpoint> sign() {
        return work.call(() -> {
            Head head = jdbc.sql("SELECT sequence, hash FROM audit_head FOR UPDATE")
                    .query((row, number) -> new Head(row.getLong("sequence"), row.getString("hash")))
                    .single();
            long signed = jdbc.sql("SELECT coalesce(max(sequence), 0) FROM audit_checkpoints")
                    .query(Long.class)
                    .single();
            if (head.sequence() <= signed) {
                return Optional.empty();
            }
            SigningKeys.Signer signer = keys.inUse(SigningKeys.Purpose.AUDIT).getFirst();
            Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Checkpoint checkpoint =
                    new Checkpoint(head.sequence(), head.hash(), at, signer.id(), sign(signer, head, at));
            jdbc.sql("INSERT INTO audit_checkpoints (sequence, hash, at, key_id, signature) VALUES (?, ?, ?, ?, ?)")
                    .params(
                            checkpoint.sequence(),
                            checkpoint.hash(),
                            at.atOffset(ZoneOffset.UTC),
                            checkpoint.key(),
                            checkpoint.signature())
                    .update();
            return Optional.of(checkpoint);
        });
    }

    /** Records in order, from one on. */
    public List<AuditRecord> read(long from, int limit) {
        return jdbc.sql("SELECT * FROM audit_events WHERE sequence >= ? ORDER BY sequence LIMIT ?")
                .params(from, limit)
                .query(SqlAuditTrail::record)
                .list();
    }

    /**
     * Which records one looks for; each filter that is empty lets all pass.
     *
     * @param subject whom they concern
     * @param person whom they concern, or who acted
     * @param from the earliest time, included
     * @param until the latest time, excluded
     * @param before a sequence that they come before
     */
    public record Search(
            Optional<UUID> subject,
            Optional<UUID> person,
            Optional<Action> action,
            Optional<Instant> from,
            Optional<Instant> until,
            long before) {}

    /** The newest records that fit, newest first. */
    public List<AuditRecord> search(Search wish, int limit) {
        return jdbc.sql("SELECT * FROM audit_events WHERE sequence < :before"
                        + " AND (:subject::uuid IS NULL OR subject_id = :subject::uuid)"
                        + " AND (:person::uuid IS NULL OR subject_id = :person::uuid OR actor_id = :person::uuid)"
                        + " AND (:action::text IS NULL OR action = :action::text)"
                        + " AND (:from::timestamptz IS NULL OR at >= :from::timestamptz)"
                        + " AND (:until::timestamptz IS NULL OR at < :until::timestamptz)"
                        + " ORDER BY sequence DESC LIMIT :limit")
                .param("before", wish.before())
                .param("subject", wish.subject().orElse(null))
                .param("person", wish.person().orElse(null))
                .param("action", wish.action().map(Enum::name).orElse(null))
                .param(
                        "from",
                        wish.from().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param(
                        "until",
                        wish.until().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("limit", limit)
                .query(SqlAuditTrail::record)
                .list();
    }

    /** All records of what was done to a person or by them, in order. */
    public List<AuditRecord> about(UUID person) {
        return jdbc.sql("SELECT * FROM audit_events WHERE subject_id = ? OR actor_id = ? ORDER BY sequence")
                .params(person, person)
                .query(SqlAuditTrail::record)
                .list();
    }

    /**
     * How long the chain is, and how far it is signed.
     *
     * @param hash of the last record
     * @param signatures how many there are
     * @param signed the latest of them
     */
    public record Extent(long records, String hash, long signatures, Optional<Checkpoint> signed) {}

    /** Where the chain ends now. */
    public Extent extent() {
        return work.call(() -> {
            Head head = jdbc.sql("SELECT sequence, hash FROM audit_head")
                    .query((row, number) -> new Head(row.getLong("sequence"), row.getString("hash")))
                    .single();
            long signatures = jdbc.sql("SELECT count(*) FROM audit_checkpoints")
                    .query(Long.class)
                    .single();
            Optional<Checkpoint> signed = jdbc.sql("SELECT * FROM audit_checkpoints ORDER BY sequence DESC LIMIT 1")
                    .query(SqlAuditTrail::checkpoint)
                    .optional();
            return new Extent(head.sequence(), head.hash(), signatures, signed);
        });
    }

    /** The signatures over records from one to another, both included, in order. */
    public List<Checkpoint> checkpoints(long from, long to) {
        return jdbc.sql("SELECT * FROM audit_checkpoints WHERE sequence BETWEEN ? AND ? ORDER BY sequence")
                .params(from, to)
                .query(SqlAuditTrail::checkpoint)
                .list();
    }

    private static Checkpoint checkpoint(ResultSet row, int number) throws SQLException {
        return new Checkpoint(
                row.getLong("sequence"),
                row.getString("hash"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("key_id"),
                row.getString("signature"));
    }

    /** The event as PostgreSQL gives it back: without zero characters, and without halves of surrogate pairs. */
    private static AuditEvent storable(AuditEvent event) {
        TreeMap<String, String> detail = new TreeMap<>();
        event.detail().forEach((name, value) -> detail.put(storable(name), storable(value)));
        Actor actor = event.actor();
        return new AuditEvent(
                event.action(),
                new Actor(
                        actor.subject(),
                        actor.address() == null ? null : storable(actor.address()),
                        actor.device() == null ? null : storable(actor.device())),
                event.subject(),
                event.department(),
                event.accepted(),
                detail);
    }

    private static String storable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static String sign(SigningKeys.Signer signer, Head head, Instant at) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.pair().getPrivate());
            signature.update(Checkpoint.message(head.sequence(), head.hash(), at));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static AuditRecord record(ResultSet row, int number) throws SQLException {
        AuditEvent event = new AuditEvent(
                Action.valueOf(row.getString("action")),
                new Actor(
                        row.getObject("actor_id", UUID.class),
                        row.getString("actor_address"),
                        row.getString("actor_device")),
                row.getObject("subject_id", UUID.class),
                row.getObject("department_id", UUID.class),
                row.getBoolean("accepted"),
                JSON.readValue(row.getString("detail"), FACTS));
        return new AuditRecord(
                row.getLong("sequence"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                event,
                row.getString("previous"),
                row.getString("hash"));
    }
}
