package org.vultus.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.vultus.store.CannotStart;

/** Brings a database to the schema that this program knows. */
public final class Schema {
    private static final int OLDEST_POSTGRESQL = 15;

    private Schema() {}

    /**
     * @param owner connects as the role that owns the tables
     * @throws CannotStart when the database is of a newer program, or cannot be migrated; each migration is done whole or not at all
     */
    public static void migrate(DataSource owner) {
        refuseOldServer(owner);
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(owner)
                    .locations("classpath:db/migration")
                    .cleanDisabled(true)
                    .validateMigrationNaming(true)
                    .load();
            for (MigrationInfo info : flyway.info().all()) {
                if (info.getState() == MigrationState.FUTURE_SUCCESS) {
                    throw new CannotStart("The database was used by a newer version of Vultus (schema "
                            + info.getVersion() + "). Start that version; nothing was changed.");
                }
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new CannotStart("The database could not be brought up to date: " + innermost(e), e);
        }
    }

    private static void refuseOldServer(DataSource owner) {
        try (Connection connection = owner.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_POSTGRESQL) {
                throw new CannotStart("The database server is PostgreSQL " + version + "; Vultus needs "
                        + OLDEST_POSTGRESQL + " or newer. Nothing was changed.");
            }
        } catch (SQLException e) {
            throw new CannotStart("The database cannot be reached: " + innermost(e), e);
        }
    }

    private static String innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage()).strip();
    }
}
