package org.vultus.store.attendance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.attendance.brazil.Afd;
import org.vultus.attendance.brazil.Cpf;
import org.vultus.attendance.brazil.Employer;
import org.vultus.attendance.brazil.Ledger;
import org.vultus.attendance.brazil.TaxNumbers;
import org.vultus.attendance.punch.Punch;
import org.vultus.store.keys.PayrollVault;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link Ledger} and {@link TaxNumbers} in {@code attendance_employers}, {@code attendance_afd} and {@code attendance_tax_numbers}.
 * {@link SqlPunches} lets it write in the transaction of each punch, while the sequence of the site is held.
 */
public final class SqlLedger implements Ledger, TaxNumbers {
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final UnitOfWork work;
    private final PayrollVault vault;

    public SqlLedger(JdbcClient jdbc, UnitOfWork work, PayrollVault vault) {
        this.jdbc = jdbc;
        this.work = work;
        this.vault = vault;
    }

    private record Named(long id, String site, Employer employer) {}

    /** A CPF and that of whoever said so. */
    private record Known(Cpf cpf, Cpf responsible) {}

    @Override
    public void name(String site, Employer employer, Cpf responsible, Instant at) {
        work.run(() -> {
            jdbc.sql("INSERT INTO attendance_sequences (site, last) VALUES (?, 0) ON CONFLICT DO NOTHING")
                    .param(site)
                    .update();
            hold(site);
            if (employer(site).filter(employer::equals).isPresent()) {
                return;
            }
            long id = jdbc.sql(
                            "INSERT INTO attendance_employers (site, sealed, recorded_at) VALUES (?, ?, ?) RETURNING id")
                    .params(
                            site,
                            vault.seal(JSON.writeValueAsString(employer), employerContext(site)),
                            Columns.time(at))
                    .query(Long.class)
                    .single();
            long nsr = next(site);
            write(site, nsr, 2, null, null, id, at, Afd.employer(nsr, at, responsible, employer));
        });
    }

    @Override
    public void service(Afd.Service state, Instant at) {
        for (String site : employers().keySet()) {
            work.run(() -> {
                hold(site);
                Named named = named(site).orElseThrow();
                long nsr = next(site);
                write(
                        site,
                        nsr,
                        6,
                        null,
                        null,
                        named.id(),
                        at,
                        Afd.service(nsr, at, named.employer().zone(), state));
            });
        }
    }

    @Override
    public Optional<Employer> employer(String site) {
        return named(site).map(Named::employer);
    }

    private Optional<Named> named(String site) {
        return jdbc.sql("SELECT * FROM attendance_employers WHERE site = ? ORDER BY id DESC LIMIT 1")
                .param(site)
                .query((row, number) -> named(row))
                .optional();
    }

    private Named named(ResultSet row) throws SQLException {
        String site = row.getString("site");
        return new Named(
                row.getLong("id"),
                site,
                JSON.readValue(vault.open(row.getBytes("sealed"), employerContext(site)), Employer.class));
    }

    @Override
    public Map<String, Employer> employers() {
        Map<String, Employer> all = new TreeMap<>();
        jdbc.sql("SELECT DISTINCT ON (site) * FROM attendance_employers ORDER BY site, id DESC")
                .query((row, number) -> named(row))
                .list()
                .forEach(one -> all.put(one.site(), one.employer()));
        return all;
    }

    @Override
    public List<String> records(String site, Instant from, Instant to) {
        return jdbc.sql("SELECT nsr, sealed FROM attendance_afd WHERE site = ? AND recorded_at >= ? AND recorded_at < ?"
                        + " ORDER BY nsr")
                .params(site, Columns.time(from), Columns.time(to))
                .query((row, number) -> open(row, site))
                .list();
    }

    @Override
    public Optional<Written> mark(UUID event) {
        return jdbc.sql("SELECT a.site, a.nsr, a.sealed, e.sealed AS employer FROM attendance_afd a"
                        + " JOIN attendance_employers e ON e.id = a.employer_id WHERE a.event_id = ?")
                .param(event)
                .query((row, number) -> {
                    String site = row.getString("site");
                    return new Written(
                            site,
                            JSON.readValue(vault.open(row.getBytes("employer"), employerContext(site)), Employer.class),
                            open(row, site));
                })
                .optional();
    }

    @Override
    public Optional<Cpf> find(UUID subject) {
        return known(subject).map(Known::cpf);
    }

    @Override
    public Map<UUID, Cpf> find(Collection<UUID> subjects) {
        Map<UUID, Cpf> found = new HashMap<>();
        jdbc.sql("SELECT subject_id, sealed FROM attendance_tax_numbers WHERE subject_id = ANY (:ids::uuid[])")
                .param("ids", Columns.ids(subjects))
                .query(row -> {
                    UUID subject = Columns.id(row, "subject_id");
                    found.put(subject, known(subject, row.getBytes("sealed")).cpf());
                });
        return found;
    }

    private Optional<Known> known(UUID subject) {
        return jdbc.sql("SELECT sealed FROM attendance_tax_numbers WHERE subject_id = ?")
                .param(subject)
                .query((row, number) -> known(subject, row.getBytes("sealed")))
                .optional();
    }

    private Known known(UUID subject, byte[] sealed) {
        String[] digits = vault.open(sealed, numberContext(subject)).split(" ", 2);
        return new Known(new Cpf(digits[0]), new Cpf(digits[1]));
    }

    @Override
    public void store(UUID subject, Cpf cpf, Cpf responsible, Instant at) {
        jdbc.sql(
                        "INSERT INTO attendance_tax_numbers (subject_id, sealed, recorded_at) VALUES (?, ?, ?)"
                                + " ON CONFLICT (subject_id) DO UPDATE SET sealed = excluded.sealed, recorded_at = excluded.recorded_at")
                .params(
                        subject,
                        vault.seal(cpf.digits() + ' ' + responsible.digits(), numberContext(subject)),
                        Columns.time(at))
                .update();
    }

    @Override
    public boolean remove(UUID subject, Cpf responsible, Instant at) {
        return work.call(() -> {
            Optional<Known> known = known(subject);
            if (known.isEmpty()) {
                return false;
            }
            // Always in the same order, so that two at once do not wait for each other.
            List<String> sites = jdbc.sql(
                            "SELECT DISTINCT site FROM attendance_afd WHERE subject_id = ? AND type = 5 ORDER BY site")
                    .param(subject)
                    .query((row, number) -> row.getString("site"))
                    .list();
            for (String site : sites) {
                hold(site);
                Named employer = named(site).orElseThrow();
                String last = lastPerson(site, subject).orElseThrow();
                if (Afd.says(last, known.get().cpf(), name(subject))) {
                    person(
                            employer,
                            subject,
                            Afd.Operation.EXCLUDED,
                            known.get().cpf(),
                            responsible,
                            at);
                }
            }
            return jdbc.sql("DELETE FROM attendance_tax_numbers WHERE subject_id = ?")
                            .param(subject)
                            .update()
                    == 1;
        });
    }

    /** Before a punch gets its number: says who it is that punches here for the first time, or has another name or CPF since. */
    void announce(Punch punch) {
        Optional<Known> known = known(punch.subject());
        if (known.isEmpty()) {
            return;
        }
        Optional<Named> employer = named(site(punch));
        if (employer.isEmpty()) {
            return;
        }
        hold(employer.get().site());
        Optional<String> last = lastPerson(employer.get().site(), punch.subject());
        Cpf cpf = known.get().cpf();
        if (last.isPresent() && Afd.says(last.get(), cpf, name(punch.subject()))) {
            return;
        }
        boolean there = last.filter(record -> !Afd.excludes(record)).isPresent();
        person(
                employer.get(),
                punch.subject(),
                there ? Afd.Operation.CHANGED : Afd.Operation.INCLUDED,
                cpf,
                known.get().responsible(),
                punch.receivedAt());
    }

    /** Writes the record 7 of a punch that has its number. */
    void mark(Punch punch) {
        Optional<Named> named = named(site(punch));
        if (named.isEmpty()) {
            return;
        }
        Named employer = named.get();
        long nsr = Objects.requireNonNull(punch.nsr());
        String before = jdbc.sql(
                        "SELECT nsr, sealed FROM attendance_afd WHERE site = ? AND type = 7 ORDER BY nsr DESC LIMIT 1")
                .param(employer.site())
                .query((row, number) -> open(row, employer.site()))
                .optional()
                .orElse(null);
        write(
                employer.site(),
                nsr,
                7,
                punch.subject(),
                punch.eventId(),
                employer.id(),
                punch.receivedAt(),
                Afd.mark(
                        nsr,
                        punch.at(),
                        find(punch.subject()).orElse(null),
                        punch.receivedAt(),
                        punch.late(),
                        employer.employer().zone(),
                        before));
    }

    private String site(Punch punch) {
        return jdbc.sql("SELECT site FROM attendance_kiosks WHERE id = ?")
                .param(punch.kiosk())
                .query(String.class)
                .single();
    }

    private String name(UUID subject) {
        return jdbc.sql("SELECT display_name FROM users WHERE id = ?")
                .param(subject)
                .query(String.class)
                .single();
    }

    private Optional<String> lastPerson(String site, UUID subject) {
        return jdbc.sql("SELECT nsr, sealed FROM attendance_afd WHERE site = ? AND subject_id = ? AND type = 5"
                        + " ORDER BY nsr DESC LIMIT 1")
                .params(site, subject)
                .query((row, number) -> open(row, site))
                .optional();
    }

    private void person(Named at, UUID subject, Afd.Operation operation, Cpf cpf, Cpf responsible, Instant recorded) {
        long nsr = next(at.site());
        write(
                at.site(),
                nsr,
                5,
                subject,
                null,
                at.id(),
                recorded,
                Afd.person(nsr, recorded, at.employer().zone(), operation, cpf, name(subject), responsible));
    }

    private void hold(String site) {
        jdbc.sql("SELECT last FROM attendance_sequences WHERE site = ? FOR UPDATE")
                .param(site)
                .query(Long.class)
                .single();
    }

    private long next(String site) {
        return jdbc.sql("UPDATE attendance_sequences SET last = last + 1 WHERE site = ? RETURNING last")
                .param(site)
                .query(Long.class)
                .single();
    }

    private void write(
            String site,
            long nsr,
            int type,
            @Nullable UUID subject,
            @Nullable UUID event,
            long employer,
            Instant at,
            String record) {
        jdbc.sql("INSERT INTO attendance_afd (site, nsr, type, subject_id, event_id, employer_id, recorded_at, sealed)"
                        + " VALUES (:site, :nsr, :type, :subject::uuid, :event::uuid, :employer, :at, :sealed)")
                .param("site", site)
                .param("nsr", nsr)
                .param("type", type)
                .param("subject", subject)
                .param("event", event)
                .param("employer", employer)
                .param("at", Columns.time(at))
                .param("sealed", vault.seal(record, recordContext(site, nsr)))
                .update();
    }

    private String open(ResultSet row, String site) throws SQLException {
        return vault.open(row.getBytes("sealed"), recordContext(site, row.getLong("nsr")));
    }

    private static String employerContext(String site) {
        return "vultus employer\n" + site;
    }

    private static String numberContext(UUID subject) {
        return "vultus cpf\n" + subject;
    }

    private static String recordContext(String site, long nsr) {
        return "vultus afd\n" + nsr + '\n' + site;
    }
}
