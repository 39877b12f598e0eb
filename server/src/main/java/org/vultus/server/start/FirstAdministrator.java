package org.vultus.server.start;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.PasswordSignIn;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/**
 * Sees to it that somebody can sign in to an empty site: the person {@code admin} in the department {@code administration}, with a
 * password that is shown once and serves only to choose another. Where no active administrator is left, an existing {@code admin} gets
 * role, activity and password back.
 */
public final class FirstAdministrator {
    public static final String USERNAME = "admin";
    public static final String DEPARTMENT = "administration";

    private final Subjects subjects;
    private final Departments departments;
    private final PasswordSignIn passwords;
    private final AuditTrail audit;
    private final UnitOfWork work;

    public FirstAdministrator(
            Subjects subjects, Departments departments, PasswordSignIn passwords, AuditTrail audit, UnitOfWork work) {
        this.subjects = subjects;
        this.departments = departments;
        this.passwords = passwords;
        this.audit = audit;
        this.work = work;
    }

    /** The one-time password of the new administrator; empty when there is one already. */
    public Optional<String> create() {
        return work.call(() -> {
            if (subjects.hasAdministrator()) {
                return Optional.empty();
            }
            Department department =
                    departments.findByCode(DEPARTMENT).map(this::opened).orElseGet(this::newDepartment);
            Subject admin = subjects.findByUsername(USERNAME, new Scope.Everywhere())
                    .map(kept -> restored(kept, department))
                    .orElseGet(() -> newAdministrator(department));
            String password = OneTimePassword.generate();
            passwords.reset(admin, password, Actor.SYSTEM);
            return Optional.of(password);
        });
    }

    /** Nobody signs in to a department that is closed. */
    private Department opened(Department kept) {
        if (kept.active()) {
            return kept;
        }
        Department open = new Department(kept.id(), kept.code(), kept.name(), kept.policy(), true);
        departments.update(open);
        audit.append(AuditEvent.done(Action.DEPARTMENT_CHANGED, Actor.SYSTEM, null, kept.id())
                .with("active", "true"));
        return open;
    }

    /** A password alone lets nobody in who was deactivated, and makes nobody an administrator. */
    private Subject restored(Subject kept, Department department) {
        Set<Role> roles = new HashSet<>(kept.roles());
        roles.add(Role.ADMIN);
        Subject admin = new Subject(kept.id(), kept.username(), kept.displayName(), department.id(), roles, true);
        subjects.update(admin, new Scope.Everywhere());
        audit.append(AuditEvent.done(Action.SUBJECT_CHANGED, Actor.SYSTEM, admin.id(), department.id())
                .with("roles", admin.roles().toString())
                .with("active", "true"));
        return admin;
    }

    private Department newDepartment() {
        Department department =
                new Department(UUID.randomUUID(), DEPARTMENT, "Administration", DepartmentPolicy.DEFAULT, true);
        departments.add(department);
        audit.append(AuditEvent.done(Action.DEPARTMENT_CREATED, Actor.SYSTEM, null, department.id())
                .with("code", DEPARTMENT));
        return department;
    }

    private Subject newAdministrator(Department department) {
        Subject admin =
                new Subject(UUID.randomUUID(), USERNAME, "Administrator", department.id(), Set.of(Role.ADMIN), true);
        subjects.add(admin);
        audit.append(AuditEvent.done(Action.SUBJECT_CREATED, Actor.SYSTEM, admin.id(), department.id())
                .with("roles", admin.roles().toString()));
        return admin;
    }
}
