package org.vultus.store.enrolment;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.enrol.References;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.TemplateFormat;
import org.vultus.store.keys.SealBroken;
import org.vultus.store.keys.TemplateVault;

/** {@link References} in the table {@code face_enrollments}; a trigger writes their history. */
public final class SqlReferences implements References {
    private static final Logger LOG = LoggerFactory.getLogger(SqlReferences.class);

    private static final int PAGE = 128;
    private static final int AHEAD_PER_CORE = 2;
    private static final int AHEAD = AHEAD_PER_CORE * Runtime.getRuntime().availableProcessors();

    private static final String IN_FORCE = " JOIN users u ON u.id = e.subject_id AND u.active AND u.erased_at IS NULL"
            + " AND u.department_id = e.department_id"
            + " JOIN biometric_consent c ON c.subject_id = e.subject_id AND c.purpose = 'RECOGNITION' AND c.withdrawn_at IS NULL"
            + " WHERE e.status = 'ACTIVE'";

    private static final String PEOPLE_IN_FORCE =
            "SELECT e.subject_id FROM face_enrollments e" + IN_FORCE + " AND e.subject_id IN (:subjects)";

    private static final String COLUMNS = "SELECT e.id, e.subject_id, e.department_id, e.format, ";
    private static final String ROWS = ", k.wrapped_key FROM face_enrollments e"
            + " JOIN subject_keys k ON k.subject_id = e.subject_id"
            + IN_FORCE;

    /**
     * Of a million people the tables that are joined take 320 MB; in the 4 MB of the default they would be written to files, and the
     * templates with them. And the statement lasts as long as what is done with its rows, whatever limit a site has set.
     */
    private static final String SETTINGS = "SET LOCAL work_mem = '256MB'; SET LOCAL statement_timeout = 0";

    private final DataSource database;
    private final JdbcClient jdbc;
    private final TemplateVault vault;

    public SqlReferences(DataSource database, TemplateVault vault) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
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
        return forEachGroup(extractor, group -> group.forEach(consumer));
    }

    /**
     * The same in groups of at most {@value #PAGE}, worked on by several threads, of which the caller's reads the next meanwhile.
     * {@value #AHEAD_PER_CORE} groups for each processor are in memory at most.
     */
    int forEachGroup(ExtractorId extractor, Consumer<List<Reference>> consumer) {
        LongAdder foreign = new LongAdder();
        read(extractor, PAGE, pages -> {
            Deque<CompletableFuture<Void>> running = new ArrayDeque<>();
            try {
                for (List<byte[]> rows = pages.get(); !rows.isEmpty(); rows = pages.get()) {
                    List<byte[]> page = rows;
                    Runnable work = () -> {
                        ReferenceCopy.Rows read = ReferenceCopy.rows(page);
                        foreign.add(read.without());
                        give(open(read.sealed(), extractor), consumer);
                    };
                    while (!running.isEmpty() && running.element().isDone()) {
                        joined(running.remove());
                    }
                    if (running.size() < AHEAD) {
                        running.add(CompletableFuture.runAsync(work));
                    } else {
                        work.run();
                    }
                }
            } finally {
                CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                        .exceptionally(_ -> null)
                        .join();
            }
            running.forEach(SqlReferences::joined);
        });
        return foreign.intValue();
    }

    /**
     * The same references, some at a time and by the caller's thread. While one page is worked on the next is read.
     *
     * @param size of a page at most
     */
    public void forEachPage(ExtractorId extractor, int size, Consumer<List<Reference>> consumer) {
        read(extractor, size, pages -> {
            List<byte[]> page = pages.get();
            while (!page.isEmpty()) {
                CompletableFuture<List<byte[]>> next = CompletableFuture.supplyAsync(pages);
                try {
                    give(
                            ReferenceCopy.rows(page).sealed().parallelStream()
                                    .flatMap(row -> open(List.of(row), extractor).stream())
                                    .toList(),
                            consumer);
                } finally {
                    // Nothing else may happen on the connection before.
                    page = joined(next);
                }
            }
        });
    }

    /**
     * All in one statement: a page after the other would have the database join everything again for each. What changes meanwhile is
     * not seen. Those of other extractors come too, without their template, for to look for them would take as long again.
     *
     * @param consumer is given the pages, of which the one after the last is empty
     */
    private void read(ExtractorId extractor, int size, Consumer<Supplier<List<byte[]>>> consumer) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                read(connection, extractor, size, consumer);
            } catch (SQLException | RuntimeException | Error e) {
                undo(connection, e);
                throw e;
            }
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the references could not be read", e);
        }
    }

    private static void read(
            Connection connection, ExtractorId extractor, int size, Consumer<Supplier<List<byte[]>>> consumer)
            throws SQLException {
        try (Statement settings = connection.createStatement()) {
            settings.execute(SETTINGS);
        }
        // A copy takes no parameters; an extractor's name is hexadecimal.
        String template = "CASE e.extractor_sha256 WHEN '" + extractor.sha256() + "' THEN e.template END";
        try (ReferenceCopy copy = new ReferenceCopy(connection, COLUMNS + template + ROWS)) {
            consumer.accept(() -> page(copy, size));
        }
    }

    /** A connection that is of no use any more must not hide why. */
    private static void undo(Connection connection, Throwable why) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    private static List<byte[]> page(ReferenceCopy copy, int size) {
        try {
            return copy.next(size);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the references could not be read", e);
        }
    }

    private static void give(List<Reference> references, Consumer<List<Reference>> consumer) {
        if (!references.isEmpty()) {
            consumer.accept(references);
        }
    }

    private static <T> T joined(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How many {@link #forEachActive} will hand over, but for those that cannot be read. */
    public int countActive(ExtractorId extractor) {
        return jdbc.sql("SELECT count(*) FROM face_enrollments e" + IN_FORCE + " AND e.extractor_sha256 = ?")
                .param(extractor.sha256())
                .query(Integer.class)
                .single();
    }

    /**
     * About how many references are in force, of any extractor: the entries of their index when the database counted them last, for
     * counting them now takes a tenth as long as reading them. Nothing where it never did.
     */
    OptionalLong countAbout() {
        long entries = jdbc.sql(
                        "SELECT reltuples::bigint FROM pg_class WHERE oid = 'face_enrollments_active'::regclass")
                .query(Long.class)
                .single();
        return entries > 0 ? OptionalLong.of(entries) : OptionalLong.empty();
    }

    /**
     * One person's reference, as {@link #forEachActive} would hand it over.
     *
     * @throws SealBroken when it does not open
     */
    public Optional<Reference> inForce(UUID subject, ExtractorId extractor) {
        return jdbc.sql(COLUMNS + "e.template" + ROWS + " AND e.extractor_sha256 = ? AND e.subject_id = ?")
                .params(extractor.sha256(), subject)
                .query(SqlReferences::row)
                .optional()
                .map(row -> reference(
                        row, vault.open(row.subject(), extractor, row.format(), row.template(), row.wrappedKey())));
    }

    @Override
    public Set<UUID> inForce(Collection<UUID> subjects) {
        return subjects.isEmpty() ? Set.of() : people(jdbc.sql(PEOPLE_IN_FORCE).param("subjects", subjects));
    }

    /** Those of the people who have a reference in force that the extractor made. */
    public Set<UUID> inForce(Collection<UUID> subjects, ExtractorId extractor) {
        return subjects.isEmpty()
                ? Set.of()
                : people(jdbc.sql(PEOPLE_IN_FORCE + " AND e.extractor_sha256 = :extractor")
                        .param("subjects", subjects)
                        .param("extractor", extractor.sha256()));
    }

    private static Set<UUID> people(JdbcClient.StatementSpec statement) {
        return statement.query((row, number) -> row.getObject(1, UUID.class)).list().stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    private static SealedReference row(ResultSet row, int number) throws SQLException {
        return new SealedReference(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getObject("department_id", UUID.class),
                row.getInt("format"),
                row.getBytes("template"),
                row.getBytes("wrapped_key"));
    }

    /** First all keys, which is quicker than by turns. */
    private List<Reference> open(List<SealedReference> rows, ExtractorId extractor) {
        List<TemplateVault.@Nullable Unwrapped> keys = new ArrayList<>(rows.size());
        for (SealedReference row : rows) {
            keys.add(unlessBroken(row, () -> vault.unwrapped(row.subject(), row.wrappedKey())));
        }
        List<Reference> references = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            SealedReference row = rows.get(i);
            TemplateVault.@Nullable Unwrapped key = keys.get(i);
            Reference reference = key == null
                    ? null
                    : unlessBroken(row, () -> reference(row, key.open(extractor, row.format(), row.template())));
            if (reference != null) {
                references.add(reference);
            }
        }
        return references;
    }

    /** One row that was tampered with must not keep everybody else out. */
    private static <T> @Nullable T unlessBroken(SealedReference row, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SealBroken | IllegalArgumentException e) {
            LOG.error("The reference of enrolment {} cannot be read, and is left out", row.enrolment(), e);
            return null;
        }
    }

    private static Reference reference(SealedReference row, FeatureVector features) {
        return new Reference(row.enrolment(), row.subject(), row.department(), features);
    }

    @Override
    public void move(UUID subject, UUID department) {
        jdbc.sql("UPDATE face_enrollments SET department_id = ? WHERE subject_id = ? AND status = 'ACTIVE'")
                .params(department, subject)
                .update();
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
