package org.vultus.access.privacy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.subject.Subject;

/**
 * All that is stored of one person (LGPD Art. 18, II, and 19). Holds neither a template nor a score: both would serve somebody who
 * wants to pass for them.
 *
 * @param departmentCode of the department that the person belongs to
 * @param createdAt when the record was made
 * @param password what is stored of a password; {@code null} for none
 * @param bases legal bases, oldest first
 * @param references enrolments, oldest first
 * @param attempts sign-ins, oldest first: each use of the template, and of the password
 * @param grants applications that hold a sign-in of the person
 * @param requests what the person asked for, oldest first
 * @param time what is known of when the person worked
 * @param pictures pictures of punches, oldest first
 * @param events what the audit trail says of the person, or of what they did, in order
 */
public record PersonalData(
        Subject subject,
        String departmentCode,
        String departmentName,
        Instant createdAt,
        @Nullable PasswordMark password,
        List<BasisRecord> bases,
        List<ReferenceMark> references,
        List<Attempt> attempts,
        List<Grant> grants,
        List<PrivacyRequest> requests,
        Time time,
        List<Picture> pictures,
        List<AuditRecord> events) {

    /** @param algorithm what the hash was made with; the hash itself is not given */
    public record PasswordMark(String algorithm, boolean mustChange) {}

    /**
     * An enrolment without its template.
     *
     * @param extractor SHA-256 of the model that made the template, hexadecimal
     * @param templateKept whether the encrypted template is still there
     * @param quality 0 to 100
     * @param images how many images it was made of; none was kept
     */
    public record ReferenceMark(
            UUID enrolment,
            String extractor,
            String status,
            boolean templateKept,
            int quality,
            int images,
            UUID enrolledBy,
            Instant enrolledAt,
            @Nullable Instant endedAt) {}

    /**
     * One attempt to sign in, as the log keeps it, without its scores.
     *
     * @param departmentCode where; {@code null} when it is not known
     */
    public record Attempt(
            Instant at,
            String method,
            boolean accepted,
            String reason,
            @Nullable String departmentCode,
            int frames,
            @Nullable String address,
            @Nullable String device) {}

    /** @param expiresAt when the last of its tokens is void */
    public record Grant(
            String application,
            @Nullable Instant issuedAt,
            @Nullable Instant expiresAt) {}

    /**
     * Time and attendance, oldest first.
     *
     * @param pinChosenAt since when the person has the PIN; {@code null} for none. The PIN itself cannot be read
     * @param badgeGivenAt since when the person has the badge; {@code null} for none. Its number cannot be read
     * @param taxNumberRecordedAt since when a CPF is kept, encrypted; {@code null} for none
     */
    public record Time(
            List<PunchMark> punches,
            List<ApprovalMark> approvals,
            List<OvertimeMark> overtime,
            List<LeaveMark> leaves,
            List<RosterMark> rosters,
            @Nullable Instant pinChosenAt,
            @Nullable Instant badgeGivenAt,
            @Nullable Instant taxNumberRecordedAt) {
        /** Of somebody who never punched. */
        public static final Time NONE =
                new Time(List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null);
    }

    /**
     * A punch.
     *
     * @param at when it was taken
     * @param site where; {@code null} for one that a manager added
     * @param nsr its number at the site
     * @param recordedBy the manager who added it
     * @param reason why they did
     * @param voided why a manager said that it does not count; {@code null} when it counts
     * @param receipt whether there is a receipt of it
     */
    public record PunchMark(
            UUID event,
            Instant at,
            Instant receivedAt,
            @Nullable String site,
            @Nullable Long nsr,
            String method,
            @Nullable String direction,
            @Nullable UUID recordedBy,
            @Nullable String reason,
            @Nullable String voided,
            boolean receipt) {}

    /** A timesheet that a manager approved. */
    public record ApprovalMark(LocalDate from, LocalDate to, UUID approvedBy, Instant approvedAt) {}

    /** Overtime that a manager approved. */
    public record OvertimeMark(LocalDate day, int seconds, UUID approvedBy, Instant approvedAt) {}

    public record LeaveMark(
            LocalDate from,
            LocalDate to,
            String kind,
            UUID recordedBy,
            Instant recordedAt,
            @Nullable Instant cancelledAt) {}

    /** @param roster its name; {@code null} for none from that day on */
    public record RosterMark(LocalDate from, @Nullable String roster, UUID recordedBy, Instant recordedAt) {}

    /**
     * A picture of a punch.
     *
     * @param jpeg {@code null} where it does not open
     */
    @SuppressWarnings("ArrayRecordComponent") // it is written out once, and nobody compares it
    public record Picture(UUID event, Instant takenAt, byte @Nullable [] jpeg) {}
}
