package org.vultus.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.enrol.Enroller;
import org.vultus.access.enrol.Findable;
import org.vultus.access.enrol.References;
import org.vultus.access.privacy.Access;
import org.vultus.access.privacy.CertificateSigner;
import org.vultus.access.privacy.Erasure;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.access.privacy.PrivacyRequests;
import org.vultus.access.privacy.Requests;
import org.vultus.access.privacy.Retention;
import org.vultus.access.privacy.Withdrawal;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.proof.Proofs;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.PasswordHasher;
import org.vultus.access.signin.PasswordSignIn;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInRules;
import org.vultus.access.signin.SignInSessions;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.onnx.ModelPack;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.privacy.CertificateJws;
import org.vultus.server.socket.FaceSessions;
import org.vultus.server.socket.RemoteSessions;
import org.vultus.server.token.AccessTokens;
import org.vultus.server.token.Argon2Passwords;
import org.vultus.server.token.FaceHandover;
import org.vultus.server.webrtc.Peers;
import org.vultus.store.keys.SigningKeys;
import tools.jackson.databind.json.JsonMapper;

/** The use cases over their ports. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    SignInRules signInRules(VultusProperties properties) {
        SignInRules usual = SignInRules.DEFAULT;
        return new SignInRules(
                properties.signIn().sessionLife(),
                properties.signIn().frames(),
                usual.maximumFrames(),
                usual.faceOfName(),
                usual.faceFromAddress(),
                usual.passwordOfName(),
                usual.passwordFromAddress());
    }

    @Bean
    PasswordHasher passwordHasher() {
        return new Argon2Passwords();
    }

    @Bean
    PasswordSignIn passwordSignIn(
            Subjects subjects,
            Departments departments,
            Passwords passwords,
            PasswordHasher hasher,
            Lockouts lockouts,
            SignInLog log,
            AuditTrail audit,
            UnitOfWork work,
            SignInRules rules,
            Clock clock) {
        return new PasswordSignIn(subjects, departments, passwords, hasher, lockouts, log, audit, work, rules, clock);
    }

    @Bean
    FaceSignIn faceSignIn(
            FaceEngine engine,
            OperatingPoints scale,
            Gallery gallery,
            Subjects subjects,
            Departments departments,
            LegalBases bases,
            References references,
            SignInSessions sessions,
            SignInLog log,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            SignInRules rules,
            Clock clock,
            RandomGenerator scripts) {
        return new FaceSignIn(
                engine,
                scale,
                gallery,
                subjects,
                departments,
                bases,
                references,
                sessions,
                log,
                lockouts,
                audit,
                work,
                rules,
                clock,
                scripts);
    }

    /** What draws scripts. */
    @Bean
    RandomGenerator scripts() {
        return new SecureRandom();
    }

    @Bean
    Enroller enroller(
            FaceEngine engine,
            OperatingPoints scale,
            Gallery gallery,
            Subjects subjects,
            LegalBases bases,
            References references,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        return new Enroller(engine, scale, gallery, subjects, bases, references, audit, work, clock);
    }

    @Bean
    Findable findable(Subjects subjects, LegalBases bases, References references, Gallery gallery, ModelPack pack) {
        return new Findable(subjects, bases, references, gallery, pack.extractor());
    }

    @Bean
    ProofOfPresence proofOfPresence(
            Departments departments, LegalBases bases, Proofs proofs, AuditTrail audit, UnitOfWork work, Clock clock) {
        return new ProofOfPresence(departments, bases, proofs, audit, work, clock);
    }

    @Bean
    Withdrawal withdrawal(
            Subjects subjects,
            LegalBases bases,
            References references,
            ProofOfPresence proofs,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        return new Withdrawal(subjects, bases, references, proofs, gallery, audit, work, clock);
    }

    @Bean
    CertificateSigner certificateSigner(SigningKeys keys) {
        return new CertificateJws(() -> {
            SigningKeys.Signer signer = keys.inUse(SigningKeys.Purpose.AUDIT).getFirst();
            return new CertificateJws.Key(signer.id(), signer.pair());
        });
    }

    @Bean
    Erasure erasure(
            PersonalRecords records,
            CertificateSigner signer,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        return new Erasure(records, signer, gallery, audit, work, clock);
    }

    @Bean
    Access access(PersonalRecords records, AuditTrail audit, UnitOfWork work) {
        return new Access(records, audit, work);
    }

    @Bean
    Requests requests(PrivacyRequests kept, AuditTrail audit, UnitOfWork work, Clock clock) {
        return new Requests(kept, audit, work, clock);
    }

    @Bean
    Retention retention(
            PersonalRecords records,
            References references,
            Proofs proofs,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work,
            VultusProperties properties,
            Clock clock) {
        Retention.Periods periods = new Retention.Periods(
                properties.retention().signIns(),
                properties.retention().inactiveTemplate(),
                properties.retention().timeRecords());
        return new Retention(records, references, proofs, gallery, audit, work, periods, clock);
    }

    @Bean
    FaceHandover faceHandover(Clock clock) {
        return new FaceHandover(clock);
    }

    @Bean
    FaceSessions faceSessions(
            InferencePool pool,
            AccessTokens tokens,
            FaceHandover handover,
            VultusProperties properties,
            Clock clock,
            MeterRegistry meters) {
        return new FaceSessions(pool, tokens, handover, properties.inference().maximumSessions(), clock, meters);
    }

    @Bean
    RemoteSessions remoteSessions() {
        return new RemoteSessions();
    }

    @Bean
    Peers peers(VultusProperties properties, Clock clock, JsonMapper json, MeterRegistry meters) {
        return new Peers(properties.webrtc(), clock, json, meters);
    }
}
