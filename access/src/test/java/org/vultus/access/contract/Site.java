package org.vultus.access.contract;

import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
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

/** One implementation of all that the use cases ask to be remembered, over one set of data. */
public interface Site {
    UnitOfWork work();

    Departments departments();

    Subjects subjects();

    Passwords passwords();

    LegalBases bases();

    References references();

    Proofs proofs();

    /** The event of a punch of this person, which a picture may belong to. */
    UUID punched(Subject subject);

    Register register();

    PersonalRecords records();

    PrivacyRequests requests();

    SignInSessions sessions();

    SignInLog log();

    Lockouts lockouts();

    AuditTrail audit();
}
