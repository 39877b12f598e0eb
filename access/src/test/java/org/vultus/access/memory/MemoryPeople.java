package org.vultus.access.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/** Departments and people. */
record MemoryPeople(MemorySite site) {

    Departments departments() {
        return new Departments() {
            @Override
            public boolean add(Department department) {
                synchronized (site) {
                    return findByCode(department.code()).isEmpty()
                            && site.state().departments.putIfAbsent(department.id(), department) == null;
                }
            }

            @Override
            public boolean update(Department department) {
                synchronized (site) {
                    return site.state()
                                    .departments
                                    .computeIfPresent(
                                            department.id(),
                                            (id, kept) -> new Department(
                                                    id,
                                                    kept.code(),
                                                    department.name(),
                                                    department.policy(),
                                                    department.active()))
                            != null;
                }
            }

            @Override
            public Optional<Department> find(UUID id) {
                synchronized (site) {
                    return Optional.ofNullable(site.state().departments.get(id));
                }
            }

            @Override
            public Optional<Department> findByCode(String code) {
                return list().stream()
                        .filter(department -> department.code().equals(code))
                        .findFirst();
            }

            @Override
            public List<Department> list() {
                synchronized (site) {
                    return site.state().departments.values().stream()
                            .sorted(Comparator.comparing(Department::name).thenComparing(Department::code))
                            .toList();
                }
            }
        };
    }

    Subjects subjects() {
        return new Subjects() {
            @Override
            public boolean add(Subject subject) {
                synchronized (site) {
                    return findByUsername(subject.username(), new Scope.Everywhere())
                                    .isEmpty()
                            && site.state().subjects.putIfAbsent(subject.id(), subject) == null;
                }
            }

            @Override
            public boolean update(Subject subject, Scope scope) {
                synchronized (site) {
                    boolean free = findByUsername(subject.username(), new Scope.Everywhere())
                            .filter(other -> !other.id().equals(subject.id()))
                            .isEmpty();
                    if (!free || find(subject.id(), scope).isEmpty()) {
                        return false;
                    }
                    if (subject.active()) {
                        site.state().deactivated.remove(subject.id());
                    } else {
                        site.state().deactivated.putIfAbsent(subject.id(), site.now());
                    }
                    site.state().subjects.put(subject.id(), subject);
                    return true;
                }
            }

            @Override
            public Optional<Subject> find(UUID id, Scope scope) {
                synchronized (site) {
                    return Optional.ofNullable(site.state().subjects.get(id))
                            .filter(subject -> scope.covers(subject.department()));
                }
            }

            @Override
            public Optional<Subject> findByUsername(String username, Scope scope) {
                synchronized (site) {
                    return site.state().subjects.values().stream()
                            .filter(subject -> subject.username().equals(Subject.normalise(username)))
                            .filter(subject -> scope.covers(subject.department()))
                            .findFirst();
                }
            }

            @Override
            public boolean hasAdministrator() {
                synchronized (site) {
                    return site.state().subjects.values().stream()
                            .anyMatch(subject ->
                                    subject.active() && subject.roles().contains(Role.ADMIN));
                }
            }
        };
    }
}
