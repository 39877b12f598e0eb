package org.vultus.store.attendance;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.proof.Proof;
import org.vultus.access.proof.Proofs;
import org.vultus.access.subject.Scope;
import org.vultus.store.keys.TemplateVault;
import org.vultus.store.people.ScopeClause;

/** {@link Proofs} in {@code attendance_proofs}, sealed. Its rows hang on their person's data key, and go with it. */
public final class SqlProofs implements Proofs {
    private final JdbcClient jdbc;
    private final UnitOfWork work;
    private final TemplateVault vault;

    public SqlProofs(JdbcClient jdbc, UnitOfWork work, TemplateVault vault) {
        this.jdbc = jdbc;
        this.work = work;
        this.vault = vault;
    }

    @Override
    public boolean add(Proof proof, byte[] jpeg) {
        return work.call(() -> {
            // Held, so that the key that seals is the one that the row hangs on.
            boolean keyed = !jdbc.sql("SELECT 1 FROM subject_keys WHERE subject_id = ? FOR KEY SHARE")
                    .param(proof.subject())
                    .query(Integer.class)
                    .list()
                    .isEmpty();
            Optional<byte[]> sealed =
                    keyed ? vault.sealPicture(proof.subject(), proof.event(), jpeg) : Optional.empty();
            return sealed.isPresent()
                    && jdbc.sql("INSERT INTO attendance_proofs (event_id, subject_id, department_id, taken_at, sealed)"
                                            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING")
                                    .params(
                                            proof.event(),
                                            proof.subject(),
                                            proof.department(),
                                            Columns.time(proof.takenAt()),
                                            sealed.get())
                                    .update()
                            == 1;
        });
    }

    @Override
    public Optional<Proof> find(UUID event, Scope scope) {
        return jdbc.sql("SELECT p.event_id, p.subject_id, p.department_id, p.taken_at FROM attendance_proofs p"
                        + " JOIN users u ON u.id = p.subject_id WHERE p.event_id = :event AND "
                        + ScopeClause.on("u.department_id"))
                .param("event", event)
                .param("scope", ScopeClause.parameter(scope))
                .query((row, number) -> new Proof(
                        Columns.id(row, "event_id"),
                        Columns.id(row, "subject_id"),
                        Columns.id(row, "department_id"),
                        Columns.time(row, "taken_at")))
                .optional();
    }

    @Override
    public Optional<byte[]> picture(Proof proof) {
        return jdbc.sql("SELECT sealed FROM attendance_proofs WHERE event_id = ?")
                .param(proof.event())
                .query((row, number) -> row.getBytes("sealed"))
                .optional()
                .flatMap(bytes -> vault.openPicture(proof.subject(), proof.event(), bytes));
    }

    @Override
    public Set<UUID> among(Collection<UUID> events) {
        return jdbc
                .sql("SELECT event_id FROM attendance_proofs WHERE event_id = ANY (:events::uuid[])")
                .param("events", Columns.ids(events))
                .query((row, number) -> Columns.id(row, "event_id"))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public long remove(UUID subject) {
        return jdbc.sql("DELETE FROM attendance_proofs WHERE subject_id = ?")
                .param(subject)
                .update();
    }

    @Override
    public long removeDue(Instant now) {
        return jdbc.sql(
                        "DELETE FROM attendance_proofs p USING departments d WHERE d.id = p.department_id"
                                + " AND (NOT d.presence_proof OR p.taken_at <= :now - make_interval(days => d.presence_proof_days))")
                .param("now", Columns.time(now))
                .update();
    }
}
