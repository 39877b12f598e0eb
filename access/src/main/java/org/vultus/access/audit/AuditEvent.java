package org.vultus.access.audit;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One act worth remembering. Names people by identifier only, so that erasing a person's record leaves the chain whole, and
 * carries neither images nor features nor secrets.
 *
 * @param subject whom it concerns
 * @param department where
 * @param accepted whether it was done or granted; {@code false} for an act that was refused
 * @param detail further facts, by name
 */
public record AuditEvent(
        Action action,
        Actor actor,
        @Nullable UUID subject,
        @Nullable UUID department,
        boolean accepted,
        SortedMap<String, String> detail) {

    public AuditEvent {
        detail = Collections.unmodifiableSortedMap(new TreeMap<>(detail));
    }

    public static AuditEvent done(Action action, Actor actor, @Nullable UUID subject, @Nullable UUID department) {
        return new AuditEvent(action, actor, subject, department, true, new TreeMap<>());
    }

    public static AuditEvent refused(
            Action action, Actor actor, @Nullable UUID subject, @Nullable UUID department, String reason) {
        return new AuditEvent(action, actor, subject, department, false, new TreeMap<>(Map.of("reason", reason)));
    }

    /** The same with one more fact. */
    public AuditEvent with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(detail);
        more.put(name, value);
        return new AuditEvent(action, actor, subject, department, accepted, more);
    }
}
