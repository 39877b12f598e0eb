package org.vultus.store.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.audit.AuditRecord;

/** Questions to the audit trail, and to the counters of failures, that whoever watches over a site asks. Only reads. */
public final class SqlSecurityEvents {
    /** What an event is in the eyes of whoever watches. */
    public enum Concern {
        /** Something else than a living face was shown: a picture, a recording, another face. */
        ATTACK,
        /** Refused because of too many failures before. */
        LOCKOUT,
        /** Refused for any other reason. */
        FAILURE,
        /** Done, and of weight: keys, credentials, applications, kiosks, copies of the trail or of a person's data, erasure. */
        SENSITIVE
    }

    /** The face session that ends in an attack is refused as well: the attack alone is told. */
    private static final String CONCERN = """
            CASE
              WHEN action = 'PRESENTATION_ATTACK' THEN 'ATTACK'
              WHEN action = 'PUNCH' AND NOT accepted AND detail->>'reason' IN ('PRESENTATION_ATTACK', 'FACE_CHANGED')
                THEN 'ATTACK'
              WHEN action = 'FACE_SIGN_IN' AND NOT accepted AND detail->>'reason' = 'PRESENTATION_ATTACK' THEN NULL
              WHEN action = 'FACE_SIGN_IN' AND NOT accepted AND detail->>'reason' = 'FACE_CHANGED' THEN 'ATTACK'
              WHEN action IN ('FACE_SIGN_IN', 'PASSWORD_SIGN_IN', 'PUNCH') AND NOT accepted
                THEN CASE WHEN detail->>'reason' = 'LOCKED' THEN 'LOCKOUT' ELSE 'FAILURE' END
              WHEN action IN ('KEYS_ROTATED', 'CLIENT_REGISTERED', 'CLIENT_REMOVED', 'KIOSK_REGISTERED',
                  'KIOSK_BOUND', 'KIOSK_REMOVED', 'PASSWORD_RESET', 'AUDIT_EXPORTED', 'SUBJECT_DATA_EXPORTED', 'SUBJECT_ERASED',
                  'DEPARTMENT_CHANGED') THEN 'SENSITIVE'
            END""";

    private static final String OF_CONCERN =
            "SELECT * FROM (SELECT *, " + CONCERN + " AS concern FROM audit_events) WHERE concern IN (:concerns)";

    private final JdbcClient jdbc;

    public SqlSecurityEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record SecurityEvent(Concern concern, AuditRecord record) {}

    /** How many events of a concern there were on a day. */
    public record Count(LocalDate day, Concern concern, long events) {}

    /** @param key what is counted; names are hashed in it, addresses are not */
    public record Wait(String key, int failures, Instant until) {}

    /**
     * Newest first.
     *
     * @param concerns at least one
     * @param from the earliest time, included
     * @param until the latest time, excluded
     * @param before a sequence that they come before
     */
    public List<SecurityEvent> search(
            Set<Concern> concerns, Optional<Instant> from, Optional<Instant> until, long before, int limit) {
        return jdbc.sql(OF_CONCERN
                        + " AND sequence < :before"
                        + " AND (:from::timestamptz IS NULL OR at >= :from::timestamptz)"
                        + " AND (:until::timestamptz IS NULL OR at < :until::timestamptz)"
                        + " ORDER BY sequence DESC LIMIT :limit")
                .param("concerns", concerns.stream().map(Enum::name).toList())
                .param("before", before)
                .param("from", from.map(SqlSecurityEvents::utc).orElse(null))
                .param("until", until.map(SqlSecurityEvents::utc).orElse(null))
                .param("limit", limit)
                .query((row, number) ->
                        new SecurityEvent(Concern.valueOf(row.getString("concern")), SqlAuditTrail.record(row, number)))
                .list();
    }

    /** Days without any are left out. */
    public List<Count> counts(Instant from, ZoneId zone) {
        return jdbc.sql("SELECT (at AT TIME ZONE :zone)::date AS day, concern, count(*) AS events FROM (" + OF_CONCERN
                        + " AND at >= :from) GROUP BY 1, 2 ORDER BY 1, 2")
                .param(
                        "concerns",
                        List.of(Concern.values()).stream().map(Enum::name).toList())
                .param("zone", zone.getId())
                .param("from", utc(from))
                .query((row, number) -> new Count(
                        row.getObject("day", LocalDate.class),
                        Concern.valueOf(row.getString("concern")),
                        row.getLong("events")))
                .list();
    }

    /** Who has to wait at a moment, the longest wait first. */
    public List<Wait> waits(Instant now) {
        return jdbc.sql("SELECT key, failures, locked_until FROM lockouts WHERE locked_until > ?"
                        + " ORDER BY locked_until DESC, key")
                .param(utc(now))
                .query((row, number) -> new Wait(
                        row.getString("key"),
                        row.getInt("failures"),
                        row.getObject("locked_until", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** What was done with a person's face or its template, newest first: comparisons, punches by face, enrolment, its end. */
    public List<AuditRecord> usesOfFace(UUID subject, long before, int limit) {
        return jdbc.sql("SELECT * FROM audit_events WHERE subject_id = ? AND sequence < ?"
                        + " AND (action IN ('ENROLMENT', 'TEMPLATE_READ', 'TEMPLATE_REVOKED', 'FACE_SIGN_IN',"
                        + " 'PRESENTATION_ATTACK', 'PRESENCE_PROOF_VIEWED') OR action = 'PUNCH' AND coalesce(detail->>'method', 'FACE') = 'FACE'"
                        + " AND coalesce(detail->>'reason', '') NOT IN ('WRONG_PIN', 'NOT_ACTIVE'))"
                        + " ORDER BY sequence DESC LIMIT ?")
                .params(subject, before, limit)
                .query(SqlAuditTrail::record)
                .list();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
