package org.vultus.access.enrol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;

/** The people with the state of their enrolment, for lists. */
public interface Register {

    /** @param enrolledAt since when a reference is in force; {@code null} for none */
    record Row(
            Subject subject,
            String departmentCode,
            String departmentName,
            @Nullable BasisRecord basis,
            @Nullable Instant enrolledAt) {}

    /** @param total how many there are in all, beyond the rows given */
    record Page(List<Row> rows, int total) {}

    /**
     * Whom a list is about; each filter that is empty lets all pass.
     *
     * @param text part of the user name or display name; blank for all
     * @param department code
     * @param enrolled whether a reference is in force
     * @param role one that they have
     */
    record Query(
            String text,
            Optional<String> department,
            Optional<Boolean> active,
            Optional<Boolean> enrolled,
            Optional<Role> role,
            int offset,
            int limit) {
        public Query {
            if (offset < 0 || limit < 1 || limit > 500) {
                throw new IllegalArgumentException("offset must be at least 0, limit 1 to 500");
            }
        }

        public Query(String text, Optional<String> department, int offset, int limit) {
            this(text, department, Optional.empty(), Optional.empty(), Optional.empty(), offset, limit);
        }
    }

    /** By display name. */
    Page list(Query query, Scope scope);

    Optional<Row> find(UUID subject, Scope scope);
}
