package org.vultus.access.audit;

/** What an audit event is about. Names are stable: they are stored and exported. */
public enum Action {
    SERVER_STARTED,
    DEPARTMENT_CREATED,
    DEPARTMENT_CHANGED,
    SUBJECT_CREATED,
    SUBJECT_CHANGED,
    LEGAL_BASIS_RECORDED,
    CONSENT_WITHDRAWN,
    ENROLMENT,
    TEMPLATE_REVOKED,
    TEMPLATE_READ,
    FACE_SIGN_IN,
    /** What was shown was no living face, or not the one that began; the reason is the species. */
    PRESENTATION_ATTACK,
    PASSWORD_SIGN_IN,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    TOKEN_ISSUED,
    KEYS_ROTATED,
    CLIENT_REGISTERED,
    CLIENT_REMOVED,
    AUDIT_READ,
    AUDIT_EXPORTED,
    SUBJECT_DATA_EXPORTED,
    SUBJECT_ERASED,
    ERASURE_REQUESTED,
    OBJECTION_RAISED,
    PRIVACY_REQUEST_ANSWERED,
    RETENTION_APPLIED
}
