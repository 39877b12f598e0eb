package org.vultus.store.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/** {@link Subjects} in the table {@code users}. People who were erased are not found. */
public final class SqlSubjects implements Subjects {
    /** What {@link #row} reads, for queries that join. */
    public static final String COLUMNS = "u.id, u.username, u.display_name, u.department_id, u.roles, u.active";

    private final JdbcClient jdbc;

    public SqlSubjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(Subject subject) {
        return jdbc.sql("INSERT INTO users (id, username, display_name, department_id, roles, active)"
                                + " VALUES (:id, :username, :name, :department, :roles, :active)"
                                + " ON CONFLICT DO NOTHING")
                        .param("id", subject.id())
                        .param("username", subject.username())
                        .param("name", subject.displayName())
                        .param("department", subject.department())
                        .param("roles", roles(subject))
                        .param("active", subject.active())
                        .update()
                == 1;
    }

    @Override
    public boolean update(Subject subject, Scope scope) {
        try {
            return jdbc.sql(
                                    "UPDATE users SET username = :username, display_name = :name,"
                                            + " department_id = :department, roles = :roles, active = :active"
                                            + " WHERE id = :id AND erased_at IS NULL AND "
                                            + ScopeClause.on("department_id")
                                            // Asked first, because a duplicate would end the transaction that this is
                                            // part of.
                                            + " AND NOT EXISTS (SELECT 1 FROM users o WHERE o.username = :username AND o.id <> :id)")
                            .param("id", subject.id())
                            .param("username", subject.username())
                            .param("name", subject.displayName())
                            .param("department", subject.department())
                            .param("roles", roles(subject))
                            .param("active", subject.active())
                            .param("scope", ScopeClause.parameter(scope))
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public Optional<Subject> find(UUID id, Scope scope) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM users u WHERE u.id = :id AND u.erased_at IS NULL AND "
                        + ScopeClause.on("u.department_id"))
                .param("id", id)
                .param("scope", ScopeClause.parameter(scope))
                .query(SqlSubjects::row)
                .optional();
    }

    @Override
    public Optional<Subject> findByUsername(String username, Scope scope) {
        if (username.indexOf('\0') >= 0) {
            // Nobody's name, and PostgreSQL refuses to compare it.
            return Optional.empty();
        }
        return jdbc.sql("SELECT " + COLUMNS + " FROM users u WHERE u.username = :username AND u.erased_at IS NULL AND "
                        + ScopeClause.on("u.department_id"))
                .param("username", Subject.normalise(username))
                .param("scope", ScopeClause.parameter(scope))
                .query(SqlSubjects::row)
                .optional();
    }

    @Override
    public boolean hasAdministrator() {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT 1 FROM users WHERE active AND erased_at IS NULL AND 'ADMIN' = ANY (roles))")
                .query(Boolean.class)
                .single();
    }

    private static String[] roles(Subject subject) {
        return subject.roles().stream().map(Role::name).sorted().toArray(String[]::new);
    }

    /** A person from a row that holds {@link #COLUMNS}. */
    public static Subject row(ResultSet row, int number) throws SQLException {
        String[] names = (String[]) row.getArray("roles").getArray();
        Set<Role> roles = Arrays.stream(names).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
        return new Subject(
                row.getObject("id", UUID.class),
                row.getString("username"),
                row.getString("display_name"),
                row.getObject("department_id", UUID.class),
                roles,
                row.getBoolean("active"));
    }
}
