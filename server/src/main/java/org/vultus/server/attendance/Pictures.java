package org.vultus.server.attendance;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.server.http.Caller;

/** Which pictures of punches a caller may look at: an administrator all, a manager those of their own department, others none. */
record Pictures(ProofOfPresence proofs) {

    /** Empty for who may look at none. An auditor who manages a department sees that department's alone. */
    static Optional<Scope> scope(Caller caller) {
        Set<Role> roles = caller.subject().roles();
        if (roles.contains(Role.ADMIN)) {
            return Optional.of(new Scope.Everywhere());
        }
        return roles.contains(Role.DEPARTMENT_MANAGER)
                ? Optional.of(new Scope.Within(caller.subject().department()))
                : Optional.empty();
    }

    /** The punches of these timesheets that have one which the caller may look at. */
    Set<UUID> among(Caller caller, Collection<Sheets.Sheet> sheets) {
        return scope(caller)
                .map(scope -> shown(sheets.stream()
                        .filter(sheet -> scope.covers(sheet.person().department()))
                        .toList()))
                .orElse(Set.of());
    }

    /** The punches of one's own timesheet that have one. */
    Set<UUID> own(Sheets.Sheet sheet) {
        return shown(List.of(sheet));
    }

    private Set<UUID> shown(Collection<Sheets.Sheet> sheets) {
        return proofs.among(sheets.stream()
                .flatMap(sheet -> sheet.timesheet().days().stream())
                .flatMap(day -> day.stamps().stream())
                .map(stamp -> stamp.punch().eventId())
                .collect(Collectors.toUnmodifiableSet()));
    }
}
