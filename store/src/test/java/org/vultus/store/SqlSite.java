package org.vultus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.contract.Site;
import org.vultus.access.enrol.References;
import org.vultus.access.enrol.Register;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.access.privacy.PrivacyRequests;
import org.vultus.access.proof.Proofs;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSessions;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.store.attendance.SqlProofs;
import org.vultus.store.audit.SqlAuditTrail;
import org.vultus.store.consent.SqlLegalBases;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.store.enrolment.SqlRegister;
import org.vultus.store.keys.SigningKeys;
import org.vultus.store.keys.SiteKeys;
import org.vultus.store.keys.TemplateVault;
import org.vultus.store.people.SqlDepartments;
import org.vultus.store.people.SqlPasswords;
import org.vultus.store.people.SqlSubjects;
import org.vultus.store.privacy.SqlPersonalRecords;
import org.vultus.store.privacy.SqlPrivacyRequests;
import org.vultus.store.signin.SqlLockouts;
import org.vultus.store.signin.SqlSignInLog;
import org.vultus.store.signin.SqlSignInSessions;

/** The ports as the server wires them, over one database. */
public record SqlSite(
        DataSource database,
        JdbcClient jdbc,
        UnitOfWork work,
        SiteKeys siteKeys,
        SigningKeys signingKeys,
        TemplateVault vault,
        SqlAuditTrail audit)
        implements Site {

    public static SqlSite over(TestDatabase database, Clock clock) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "test-keys"));
            return over(database, folder.resolve(UUID.randomUUID() + ".json"), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SqlSite over(TestDatabase database, Path keyFile, Clock clock) {
        JdbcClient jdbc = database.jdbc();
        UnitOfWork work = database.work();
        SiteKeys site = SiteKeys.open(keyFile, jdbc);
        SigningKeys signing = new SigningKeys(jdbc, site, clock);
        return new SqlSite(
                database.dataSource(),
                jdbc,
                work,
                site,
                signing,
                new TemplateVault(jdbc, site),
                new SqlAuditTrail(jdbc, work, signing, clock));
    }

    @Override
    public Departments departments() {
        return new SqlDepartments(jdbc);
    }

    @Override
    public Subjects subjects() {
        return new SqlSubjects(jdbc);
    }

    @Override
    public Passwords passwords() {
        return new SqlPasswords(jdbc);
    }

    @Override
    public LegalBases bases() {
        return new SqlLegalBases(jdbc);
    }

    @Override
    public References references() {
        return new SqlReferences(database, vault);
    }

    @Override
    public Proofs proofs() {
        return new SqlProofs(jdbc, work, vault);
    }

    @Override
    public UUID punched(Subject subject) {
        UUID event = UUID.randomUUID();
        jdbc.sql(
                        "INSERT INTO attendance_punches (event_id, subject_id, department_id, captured_at, received_at, method,"
                                + " recorded_by, reason) VALUES (?, ?, ?, now(), now(), 'MANUAL', ?, 'a test')")
                .params(event, subject.id(), subject.department(), subject.id())
                .update();
        return event;
    }

    @Override
    public Register register() {
        return new SqlRegister(jdbc);
    }

    @Override
    public PersonalRecords records() {
        return new SqlPersonalRecords(jdbc, audit, vault);
    }

    @Override
    public PrivacyRequests requests() {
        return new SqlPrivacyRequests(jdbc);
    }

    @Override
    public SignInSessions sessions() {
        return new SqlSignInSessions(jdbc);
    }

    @Override
    public SignInLog log() {
        return new SqlSignInLog(jdbc);
    }

    @Override
    public Lockouts lockouts() {
        return new SqlLockouts(jdbc, work);
    }
}
