package org.vultus.access.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Register;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;

/** The register. */
record MemoryRegister(MemorySite site) implements Register {

    @Override
    public Page list(Query query, Scope scope) {
        String text = query.text().strip().toLowerCase(Locale.ROOT);
        synchronized (site) {
            List<Row> rows = site.state().subjects.values().stream()
                    .filter(subject -> scope.covers(subject.department()))
                    .filter(subject -> subject.username().contains(text)
                            || subject.displayName().toLowerCase(Locale.ROOT).contains(text))
                    .map(this::row)
                    .filter(row -> query.department().isEmpty()
                            || query.department().get().equals(row.departmentCode()))
                    .filter(row -> query.active().isEmpty()
                            || query.active().get() == row.subject().active())
                    .filter(row ->
                            query.enrolled().isEmpty() || query.enrolled().get() == (row.enrolledAt() != null))
                    .filter(row -> query.role().isEmpty()
                            || row.subject().roles().contains(query.role().get()))
                    .sorted(Comparator.comparing(
                                    (Row row) -> row.subject().displayName().toLowerCase(Locale.ROOT))
                            .thenComparing(row -> row.subject().username()))
                    .toList();
            return new Page(
                    rows.stream().skip(query.offset()).limit(query.limit()).toList(), rows.size());
        }
    }

    @Override
    public Optional<Row> find(UUID subject, Scope scope) {
        synchronized (site) {
            return new MemoryPeople(site).subjects().find(subject, scope).map(this::row);
        }
    }

    private Row row(Subject subject) {
        Department department = Objects.requireNonNull(site.state().departments.get(subject.department()));
        NewReference reference = site.state().references.get(subject.id());
        return new Row(
                subject,
                department.code(),
                department.name(),
                new MemoryBases(site).inForce(subject.id()).orElse(null),
                reference == null ? null : reference.enrolledAt());
    }
}
