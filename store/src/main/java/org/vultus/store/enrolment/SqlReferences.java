package org.vultus.store.enrolment;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.enrol.References;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.TemplateFormat;
import org.vultus.store.keys.TemplateVault;

/** {@link References} in the table {@code face_enrollments}; a trigger writes their history. */
public final class SqlReferences implements References {
    private final JdbcClient jdbc;
    private final TemplateVault vault;

    public SqlReferences(JdbcClient jdbc, TemplateVault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    @Override
    public void activate(NewReference wish) {
        Reference reference = wish.reference();
        OffsetDateTime at = wish.enrolledAt().atOffset(ZoneOffset.UTC);
        end(reference.subject(), "SUPERSEDED", at);
        jdbc.sql(
                        "INSERT INTO face_enrollments (id, subject_id, department_id, extractor_sha256, format, template, quality,"
                                + " images_used, status, enrolled_by, enrolled_at)"
                                + " VALUES (:id, :subject, :department, :extractor, :format, :template, :quality, :images, 'ACTIVE',"
                                + " :by, :at)")
                .param("id", reference.enrolment())
                .param("subject", reference.subject())
                .param("department", reference.department())
                .param("extractor", reference.features().extractor().sha256())
                .param("format", TemplateFormat.VERSION)
                .param("template", vault.seal(reference.subject(), reference.features()))
                .param("quality", wish.quality())
                .param("images", wish.images())
                .param("by", wish.enrolledBy())
                .param("at", at)
                .update();
    }

    @Override
    public Optional<Reference> active(UUID subject, ExtractorId extractor) {
        return jdbc.sql("SELECT id, department_id, format, template FROM face_enrollments"
                        + " WHERE subject_id = ? AND status = 'ACTIVE' AND extractor_sha256 = ?")
                .params(subject, extractor.sha256())
                .query((row, number) -> new Reference(
                        row.getObject("id", UUID.class),
                        subject,
                        row.getObject("department_id", UUID.class),
                        vault.open(subject, extractor, row.getInt("format"), row.getBytes("template"))))
                .optional();
    }

    @Override
    public int forEachActive(ExtractorId extractor, Consumer<Reference> consumer) {
        AtomicInteger foreign = new AtomicInteger();
        jdbc.sql("SELECT e.id, e.subject_id, e.department_id, e.extractor_sha256, e.format, e.template, k.wrapped_key"
                        + " FROM face_enrollments e"
                        + " JOIN subject_keys k ON k.subject_id = e.subject_id"
                        + " JOIN users u ON u.id = e.subject_id AND u.active AND u.erased_at IS NULL"
                        + " AND u.department_id = e.department_id"
                        + " JOIN biometric_consent c ON c.subject_id = e.subject_id AND c.withdrawn_at IS NULL"
                        + " WHERE e.status = 'ACTIVE'")
                .withFetchSize(1000)
                .query(row -> {
                    if (!row.getString("extractor_sha256").equals(extractor.sha256())) {
                        foreign.incrementAndGet();
                        return;
                    }
                    UUID subject = row.getObject("subject_id", UUID.class);
                    consumer.accept(new Reference(
                            row.getObject("id", UUID.class),
                            subject,
                            row.getObject("department_id", UUID.class),
                            vault.open(
                                    subject,
                                    extractor,
                                    row.getInt("format"),
                                    row.getBytes("template"),
                                    row.getBytes("wrapped_key"))));
                });
        return foreign.get();
    }

    @Override
    public boolean revoke(UUID subject, Instant at) {
        boolean ended = end(subject, "REVOKED", at.atOffset(ZoneOffset.UTC));
        vault.destroyKey(subject);
        return ended;
    }

    private boolean end(UUID subject, String status, OffsetDateTime at) {
        return jdbc.sql("UPDATE face_enrollments SET status = ?, template = NULL, ended_at = ?"
                                + " WHERE subject_id = ? AND status = 'ACTIVE'")
                        .params(status, at, subject)
                        .update()
                > 0;
    }
}
