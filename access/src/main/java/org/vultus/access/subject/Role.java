package org.vultus.access.subject;

/** What a person may do. Names are stable: they are stored and stand in tokens. */
public enum Role {
    /** Everything, in every department. */
    ADMIN,
    /** Creates people, records legal bases and enrols, in their own department. */
    ENROLMENT_OFFICER,
    /** Reads the audit trail; changes nothing. */
    AUDITOR,
    /** Sees the people of their own department. */
    DEPARTMENT_MANAGER,
    /** Signs in. */
    STAFF
}
