package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.privacy.Destroyed;
import org.vultus.access.privacy.PersonalData;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.proof.Proof;
import org.vultus.access.signin.AuthenticationMethod;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSession;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/** What {@link org.vultus.access.privacy.PersonalRecords} must do. */
public abstract class PersonalRecordsContract extends SiteContract {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));

    private Department icu;
    private Subject ana;
    private Subject bea;
    private Subject officer;

    @BeforeEach
    void people() {
        icu = department("icu");
        officer = subject("officer", icu);
        ana = subject("ana", icu);
        bea = subject("bea", icu);
        for (Subject subject : new Subject[] {ana, bea}) {
            everythingOf(subject);
        }
    }

    private void everythingOf(Subject subject) {
        site.passwords().store(subject.id(), new Passwords.Stored("$argon2id$hash of " + subject.username(), true));
        site.work().run(() -> {
            site.bases()
                    .record(new BasisRecord(
                            UUID.randomUUID(),
                            subject.id(),
                            LegalBasis.FRAUD_PREVENTION_AND_SECURITY,
                            "why " + subject.username(),
                            "2026-01",
                            officer.id(),
                            MONDAY,
                            null));
            enrol(subject);
            site.audit().append(AuditEvent.done(Action.ENROLMENT, Actor.of(officer.id()), subject.id(), icu.id()));
        });
        UUID session = open(subject.id(), MONDAY.plusSeconds(20));
        site.log().append(attempt(subject.id(), session, MONDAY.plusSeconds(21)));
        site.requests()
                .add(new PrivacyRequest(
                        UUID.randomUUID(), subject.id(), PrivacyRequest.Kind.ERASURE, "please", MONDAY, null, null));
    }

    @Test
    void describesOnePersonWithoutTheTemplateAndTheHash() {
        PersonalData data = site.records().describe(ana.id()).orElseThrow();

        assertThat(data.subject()).isEqualTo(ana);
        assertThat(data.departmentCode()).isEqualTo("icu");
        assertThat(data.departmentName()).isEqualTo("Department icu");
        assertThat(data.password()).isEqualTo(new PersonalData.PasswordMark("argon2id", true));
        assertThat(data.bases()).isEqualTo(site.bases().history(ana.id())).hasSize(1);
        assertThat(data.references()).singleElement().satisfies(reference -> {
            assertThat(reference.extractor()).isEqualTo(EXTRACTOR.sha256());
            assertThat(reference.status()).isEqualTo("ACTIVE");
            assertThat(reference.templateKept()).isTrue();
            assertThat(reference.quality()).isEqualTo(80);
            assertThat(reference.images()).isEqualTo(5);
            assertThat(reference.enrolledBy()).isEqualTo(officer.id());
            assertThat(reference.enrolledAt()).isEqualTo(MONDAY.plusSeconds(1));
            assertThat(reference.endedAt()).isNull();
        });
        assertThat(data.attempts())
                .containsExactly(new PersonalData.Attempt(
                        MONDAY.plusSeconds(21), "FACE", true, "ACCEPTED", "icu", 3, "10.0.0.7", "kiosk"));
        assertThat(data.grants()).isEmpty();
        assertThat(data.requests()).isEqualTo(site.requests().of(ana.id())).hasSize(1);
        assertThat(data.events())
                .singleElement()
                .satisfies(record -> assertThat(record.event().subject()).isEqualTo(ana.id()));
        assertThat(site.records().describe(officer.id()).orElseThrow().events()).hasSize(2);
        assertThat(site.records().describe(UUID.randomUUID())).isEmpty();
    }

    @Test
    void destroysEverythingOfOnePersonAndNothingOfAnother() {
        for (Subject subject : new Subject[] {ana, ana, bea}) {
            UUID event = site.punched(subject);
            Proof proof = new Proof(event, subject.id(), icu.id(), MONDAY);
            assertThat(site.proofs().add(proof, new byte[] {1, 2, 3})).isTrue();
        }
        PersonalData before = site.records().describe(bea.id()).orElseThrow();

        Destroyed destroyed = destroy(ana);
        assertThat(destroyed).isEqualTo(new Destroyed(1, 1, destroyed.history(), 1, 1, 0, 2));
        assertThat(destroyed.history()).isPositive();

        assertThat(site.subjects().find(ana.id(), EVERYWHERE)).isEmpty();
        assertThat(site.subjects().findByUsername("ana", EVERYWHERE)).isEmpty();
        assertThat(site.register().find(ana.id(), EVERYWHERE)).isEmpty();
        assertThat(site.records().describe(ana.id())).isEmpty();
        assertThat(site.passwords().find(ana.id())).isEmpty();
        assertThat(site.references().active(ana.id(), EXTRACTOR)).isEmpty();
        assertThat(site.requests().of(ana.id()))
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .extracting(PrivacyRequest::words, PrivacyRequest::open)
                        .containsExactly(null, false));
        // The proof of the ground stays, without what somebody wrote of the person.
        assertThat(site.bases().history(ana.id())).singleElement().satisfies(basis -> {
            assertThat(basis.withdrawnAt()).isEqualTo(MONDAY.plusSeconds(60));
            assertThat(basis.reason()).isEqualTo("(erased)");
        });
        assertThat(site.records().describe(bea.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(before);
        // The name is free for somebody else.
        assertThat(subject("ana", icu).id()).isNotEqualTo(ana.id());
        assertThat(site.subjects().findByUsername("ana", EVERYWHERE)).isPresent();
    }

    @Test
    void destroysOnceAndNobody() {
        destroy(ana);

        site.work().run(() -> {
            assertThat(site.records().destroy(ana.id(), officer.id(), MONDAY.plusSeconds(70)))
                    .isEmpty();
            assertThat(site.records().destroy(UUID.randomUUID(), officer.id(), MONDAY))
                    .isEmpty();
        });
    }

    @Test
    void workThatFailsDestroysNothing() {
        PersonalData before = site.records().describe(ana.id()).orElseThrow();

        assertThatThrownBy(() -> site.work().run(() -> {
                    site.records().destroy(ana.id(), officer.id(), MONDAY.plusSeconds(60));
                    site.records().keepCertificate(ana.id(), "signed", MONDAY.plusSeconds(60));
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(site.records().describe(ana.id())).contains(before);
        assertThat(site.records().certificate(ana.id())).isEmpty();
        assertThat(site.references().active(ana.id(), EXTRACTOR)).isPresent();
    }

    @Test
    void keepsTheCertificate() {
        assertThat(site.records().certificate(ana.id())).isEmpty();
        destroy(ana);
        site.records().keepCertificate(ana.id(), "a.b.c", MONDAY);

        assertThat(site.records().certificate(ana.id())).contains("a.b.c");
        assertThat(site.records().certificate(bea.id())).isEmpty();
    }

    @Test
    void forgetsAttemptsByTimeButNeverThoseOfTheLastDay() {
        Instant now = Instant.now();
        site.log().append(attempt(bea.id(), null, now.minusSeconds(60)));
        site.log().append(attempt(null, null, now.minus(Duration.ofDays(200))));

        assertThat(site.records().forgetAttempts(now.minus(Duration.ofDays(100000))))
                .isZero();
        assertThat(site.records().forgetAttempts(now.plus(Duration.ofDays(9)))).isEqualTo(3);
        assertThat(site.records().describe(bea.id()).orElseThrow().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.at()).isAfter(now.minusSeconds(90)));
    }

    @Test
    void forgetsAttemptsThatWereWrittenAfterTheirPersonWasErased() {
        destroy(ana);
        site.records().keepCertificate(ana.id(), "signed", MONDAY);
        site.log().append(attempt(ana.id(), null, Instant.now()));

        assertThat(site.records().forgetAttempts(Instant.EPOCH)).isEqualTo(1);
    }

    @Test
    void knowsWhoseTemplateIsKeptWithoutAPurpose() {
        Instant now = Instant.now();
        site.subjects().update(deactivated(ana), EVERYWHERE);
        site.subjects().update(deactivated(officer), EVERYWHERE);

        assertThat(site.records().enrolledButInactiveSince(now.minusSeconds(3600)))
                .isEmpty();
        assertThat(site.records().enrolledButInactiveSince(now.plusSeconds(3600)))
                .containsExactly(ana.id());

        site.subjects().update(ana, EVERYWHERE);
        assertThat(site.records().enrolledButInactiveSince(now.plusSeconds(3600)))
                .isEmpty();
    }

    private Destroyed destroy(Subject subject) {
        return site.work()
                .call(() -> site.records().destroy(subject.id(), officer.id(), MONDAY.plusSeconds(60)))
                .orElseThrow();
    }

    private void enrol(Subject subject) {
        site.references()
                .activate(new NewReference(
                        new Reference(
                                UUID.randomUUID(),
                                subject.id(),
                                icu.id(),
                                FeatureVector.normalised(EXTRACTOR, new float[] {1, 2})),
                        80,
                        5,
                        officer.id(),
                        MONDAY.plusSeconds(1)));
    }

    private UUID open(UUID claimed, Instant at) {
        SignInSession session = new SignInSession(
                UUID.randomUUID(),
                icu.id(),
                claimed,
                false,
                LivenessPolicy.PASSIVE,
                "10.0.0.7",
                "kiosk",
                at,
                at.plusSeconds(60));
        site.sessions().opened(session);
        return session.id();
    }

    private SignInLog.Entry attempt(@Nullable UUID subject, @Nullable UUID session, Instant at) {
        return new SignInLog.Entry(
                at,
                session,
                icu.id(),
                subject,
                AuthenticationMethod.FACE,
                true,
                "ACCEPTED",
                0.7,
                0.4,
                0.9,
                3,
                Duration.ofSeconds(2),
                "10.0.0.7",
                "kiosk");
    }
}
