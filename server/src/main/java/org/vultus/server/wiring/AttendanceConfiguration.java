package org.vultus.server.wiring;

import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.presence.BadgeRecognition;
import org.vultus.access.presence.Badges;
import org.vultus.access.presence.FaceRecognition;
import org.vultus.access.presence.PinRecognition;
import org.vultus.access.presence.Pins;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.PasswordHasher;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInRules;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.clock.Corrections;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.clock.TimeClock;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.roster.Rosters;
import org.vultus.attendance.rule.RuleBook;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.timesheet.Approvals;
import org.vultus.biometrics.clip.ClipDecoder;
import org.vultus.biometrics.clip.ClipLimits;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.server.attendance.KioskGate;
import org.vultus.server.attendance.SignedEvents;
import org.vultus.server.config.VultusProperties;
import org.vultus.store.attendance.SqlApprovals;
import org.vultus.store.attendance.SqlBadges;
import org.vultus.store.attendance.SqlKiosks;
import org.vultus.store.attendance.SqlLedger;
import org.vultus.store.attendance.SqlPins;
import org.vultus.store.attendance.SqlPunches;
import org.vultus.store.attendance.SqlRosters;
import org.vultus.store.attendance.SqlRuleBook;
import org.vultus.store.attendance.SqlShifts;
import org.vultus.store.keys.BadgeDigests;

/** Attendance over its tables. */
@Configuration(proxyBeanMethods = false)
class AttendanceConfiguration {

    @Bean
    Shifts shifts(JdbcClient jdbc) {
        return new SqlShifts(jdbc);
    }

    @Bean
    Rosters rosters(JdbcClient jdbc) {
        return new SqlRosters(jdbc);
    }

    @Bean
    RuleBook ruleBook(JdbcClient jdbc, UnitOfWork work) {
        return new SqlRuleBook(jdbc, work);
    }

    @Bean
    Punches punches(JdbcClient jdbc, UnitOfWork work, SqlLedger ledger) {
        return new SqlPunches(jdbc, work, ledger);
    }

    @Bean
    Approvals approvals(JdbcClient jdbc) {
        return new SqlApprovals(jdbc);
    }

    @Bean
    Kiosks kiosks(JdbcClient jdbc) {
        return new SqlKiosks(jdbc);
    }

    @Bean
    Pins pins(JdbcClient jdbc) {
        return new SqlPins(jdbc);
    }

    @Bean
    FaceRecognition faceRecognition(
            FaceSignIn signIn,
            FaceEngine engine,
            OperatingPoints scale,
            Gallery gallery,
            Subjects subjects,
            Departments departments,
            LegalBases bases,
            ProofOfPresence proofs,
            SignInLog log,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            SignInRules rules,
            Clock clock) {
        return new FaceRecognition(
                signIn,
                engine,
                scale,
                gallery,
                subjects,
                departments,
                bases,
                proofs,
                log,
                lockouts,
                audit,
                work,
                rules,
                clock);
    }

    @Bean
    ClipDecoder clipDecoder(VultusProperties properties) {
        return new ClipDecoder(ClipLimits.DEFAULT.within(
                properties.attendance().clipBytes(), properties.attendance().clipLength()));
    }

    @Bean
    PinRecognition pinRecognition(
            Subjects subjects,
            Departments departments,
            Pins pins,
            PasswordHasher hasher,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        return new PinRecognition(subjects, departments, pins, hasher, lockouts, audit, work, clock);
    }

    @Bean
    Badges badges(JdbcClient jdbc, BadgeDigests digests) {
        return new SqlBadges(jdbc, digests);
    }

    @Bean
    BadgeRecognition badgeRecognition(
            Subjects subjects,
            Departments departments,
            Badges badges,
            Lockouts lockouts,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        return new BadgeRecognition(subjects, departments, badges, lockouts, audit, work, clock);
    }

    @Bean
    Records records(
            Shifts shifts,
            Rosters rosters,
            RuleBook rules,
            Punches punches,
            Approvals approvals,
            VultusProperties properties) {
        ZoneId zone = properties.attendance().zone() == null
                ? ZoneId.systemDefault()
                : properties.attendance().zone();
        return new Records(
                shifts,
                rosters,
                rules,
                punches,
                approvals,
                zone,
                properties.attendance().repeatInterval());
    }

    @Bean
    TimeClock timeClock(Records records, ProofOfPresence proofs, AuditTrail audit, UnitOfWork work, Clock clock) {
        return new TimeClock(records, proofs, audit, work, clock);
    }

    @Bean
    Corrections corrections(Records records, AuditTrail audit, UnitOfWork work, Clock clock) {
        return new Corrections(records.punches(), records.approvals(), audit, work, clock);
    }

    @Bean
    SignedEvents signedEvents(Kiosks kiosks, AuditTrail audit, UnitOfWork work) {
        return new SignedEvents(kiosks, audit, work);
    }

    @Bean
    FilterRegistrationBean<KioskGate> kioskGate(Kiosks kiosks) {
        FilterRegistrationBean<KioskGate> registration = new FilterRegistrationBean<>(new KioskGate(kiosks));
        registration.addUrlPatterns("/recognize", "/recognize/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }
}
