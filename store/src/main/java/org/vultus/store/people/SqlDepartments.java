package org.vultus.store.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.ProofPolicy;

/** {@link Departments} in the table {@code departments}. */
public final class SqlDepartments implements Departments {
    private static final String COLUMNS =
            "id, code, name, active, liveness, identification, verification_fmr, fpir_bound, presence_proof,"
                    + " presence_proof_days";

    private final JdbcClient jdbc;

    public SqlDepartments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(Department department) {
        return bind(
                                jdbc.sql("INSERT INTO departments (" + COLUMNS
                                        + ") VALUES (:id, :code, :name, :active, :liveness, :identification, :fmr, :fpir, :proof, :days)"
                                        + " ON CONFLICT (code) DO NOTHING"),
                                department)
                        .update()
                == 1;
    }

    @Override
    public boolean update(Department department) {
        return bind(
                                jdbc.sql("UPDATE departments SET name = :name, active = :active,"
                                        + " liveness = :liveness, identification = :identification,"
                                        + " verification_fmr = :fmr, fpir_bound = :fpir,"
                                        + " presence_proof = :proof, presence_proof_days = :days WHERE id = :id"),
                                department)
                        .update()
                == 1;
    }

    @Override
    public Optional<Department> find(UUID id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM departments WHERE id = ?")
                .param(id)
                .query(SqlDepartments::row)
                .optional();
    }

    @Override
    public Optional<Department> findByCode(String code) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM departments WHERE code = ?")
                .param(code)
                .query(SqlDepartments::row)
                .optional();
    }

    @Override
    public List<Department> list() {
        return jdbc.sql("SELECT " + COLUMNS + " FROM departments ORDER BY name, code")
                .query(SqlDepartments::row)
                .list();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Department department) {
        DepartmentPolicy policy = department.policy();
        return statement
                .param("id", department.id())
                .param("code", department.code())
                .param("name", department.name())
                .param("active", department.active())
                .param("liveness", policy.liveness().name())
                .param("identification", policy.identification())
                .param("fmr", policy.verificationFmr())
                .param("fpir", policy.fpirBound())
                .param("proof", policy.proof().kept())
                .param("days", policy.proof().days());
    }

    private static Department row(ResultSet row, int number) throws SQLException {
        return new Department(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                new DepartmentPolicy(
                        LivenessPolicy.valueOf(row.getString("liveness")),
                        row.getBoolean("identification"),
                        row.getDouble("verification_fmr"),
                        row.getDouble("fpir_bound"),
                        new ProofPolicy(row.getBoolean("presence_proof"), row.getInt("presence_proof_days"))),
                row.getBoolean("active"));
    }
}
