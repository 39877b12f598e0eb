package org.vultus.server.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.consent.Purpose;
import org.vultus.access.privacy.PersonalData;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.privacy.Retention;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;

/**
 * All that is stored of one person, as it is given to them.
 *
 * @param withheld what is stored and not given, because it would serve somebody who wants to pass for the person
 */
record DataJson(
        Instant exportedAt,
        Identity identity,
        List<Basis> legalBases,
        List<PersonalData.ReferenceMark> enrolments,
        PersonalData.@Nullable PasswordMark password,
        List<PersonalData.Attempt> signIns,
        List<PersonalData.Grant> applications,
        List<Request> requests,
        PersonalData.Time time,
        List<PersonalData.Picture> picturesOfPunches,
        List<Event> auditEvents,
        Periods retention,
        List<String> withheld) {

    record Identity(
            UUID id,
            String username,
            String displayName,
            String department,
            String departmentName,
            Set<Role> roles,
            boolean active,
            Instant createdAt) {}

    record Basis(
            Purpose purpose,
            LegalBasis basis,
            @Nullable String reason,
            String noticeVersion,
            Instant recordedAt,
            @Nullable Instant withdrawnAt) {

        static Basis of(BasisRecord basis) {
            return new Basis(
                    basis.purpose(),
                    basis.basis(),
                    basis.reason(),
                    basis.noticeVersion(),
                    basis.recordedAt(),
                    basis.withdrawnAt());
        }
    }

    record Request(
            UUID id,
            PrivacyRequest.Kind kind,
            @Nullable String words,
            Instant askedAt,
            @Nullable Instant answeredAt,
            @Nullable String answer) {

        static Request of(PrivacyRequest request) {
            return new Request(
                    request.id(),
                    request.kind(),
                    request.words(),
                    request.askedAt(),
                    request.answeredAt(),
                    request.answer());
        }
    }

    /**
     * @param byYou whether the person did it
     * @param ofYou whether it concerns the person; what they did to others is told without whom, and without detail
     * @param address where it came from, where the person did it
     */
    record Event(
            long sequence,
            Instant at,
            Action action,
            boolean byYou,
            boolean ofYou,
            boolean accepted,
            @Nullable String address,
            SortedMap<String, String> detail) {

        static Event of(AuditRecord record, UUID person) {
            AuditEvent event = record.event();
            boolean byYou = person.equals(event.actor().subject());
            boolean ofYou = person.equals(event.subject());
            return new Event(
                    record.sequence(),
                    record.at(),
                    event.action(),
                    byYou,
                    ofYou,
                    event.accepted(),
                    byYou ? event.actor().address() : null,
                    ofYou ? event.detail() : new TreeMap<>());
        }
    }

    /** How long what is kept, in days, as this server is set. */
    record Periods(long signInsDays, long templateAfterDeactivationDays, long timeRecordsDays) {

        static Periods of(Retention.Periods periods) {
            return new Periods(
                    periods.attempts().toDays(),
                    periods.inactiveTemplate().toDays(),
                    periods.timeRecords().toDays());
        }
    }

    static DataJson of(PersonalData data, Retention.Periods periods, Instant now) {
        Subject subject = data.subject();
        return new DataJson(
                now,
                new Identity(
                        subject.id(),
                        subject.username(),
                        subject.displayName(),
                        data.departmentCode(),
                        data.departmentName(),
                        subject.roles(),
                        subject.active(),
                        data.createdAt()),
                data.bases().stream().map(Basis::of).toList(),
                data.references(),
                data.password(),
                data.attempts(),
                data.grants(),
                data.requests().stream().map(Request::of).toList(),
                data.time(),
                data.pictures(),
                data.events().stream()
                        .map(record -> Event.of(record, subject.id()))
                        .toList(),
                Periods.of(periods),
                List.of(
                        "template",
                        "data key",
                        "password hash",
                        "PIN hash and badge digest",
                        "CPF and records of the AFD (receipts give them)",
                        "similarity and liveness scores"));
    }
}
