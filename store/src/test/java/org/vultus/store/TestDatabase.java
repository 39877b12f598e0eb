package org.vultus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.vultus.access.UnitOfWork;
import org.vultus.store.database.EmbeddedDatabase;
import org.vultus.store.schema.Schema;

/**
 * A migrated database of its own for one test or one class of tests: a copy of a template in the one PostgreSQL of the run.
 * Connections act as the application's role.
 */
public final class TestDatabase implements AutoCloseable {
    private final String name;
    private final HikariDataSource pool;

    private TestDatabase(String name) {
        this.name = name;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Server.url(name));
        config.setUsername(Server.RUNNING.user());
        config.setPassword(Server.RUNNING.password());
        config.setConnectionInitSql("SET ROLE vultus_app");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        this.pool = new HikariDataSource(config);
    }

    /** The PostgreSQL of this process, of which a build has two at a time, stopped at its end. */
    private static final class Server {
        private static final EmbeddedDatabase RUNNING =
                EmbeddedDatabase.start(Path.of("target", "test-data-" + System.getProperty("vultus.tests.fork", "1")));
        private static final String TEMPLATE = newName();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                execute("DROP DATABASE " + TEMPLATE);
                RUNNING.close();
            }));
            execute("CREATE DATABASE " + TEMPLATE);
            Schema.migrate(connections(TEMPLATE));
        }

        private static void execute(String statement) {
            JdbcClient.create(connections("postgres")).sql(statement).update();
        }

        private static DataSource connections(String database) {
            return new DriverManagerDataSource(url(database), RUNNING.user(), RUNNING.password());
        }

        private static String url(String database) {
            return RUNNING.jdbcUrl().replaceAll("/[^/]*$", "/" + database);
        }

        private static String newName() {
            return "t" + UUID.randomUUID().toString().replace("-", "");
        }
    }

    public static TestDatabase create() {
        String name = Server.newName();
        Server.execute("CREATE DATABASE " + name + " TEMPLATE " + Server.TEMPLATE);
        return new TestDatabase(name);
    }

    /** A database without any table. */
    public static TestDatabase empty() {
        String name = Server.newName();
        Server.execute("CREATE DATABASE " + name);
        return new TestDatabase(name);
    }

    /** Connections of the role that migrates. */
    public DataSource owner() {
        return Server.connections(name);
    }

    public DataSource dataSource() {
        return pool;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(pool);
    }

    public UnitOfWork work() {
        return new SqlUnitOfWork(new JdbcTransactionManager(pool));
    }

    @Override
    public void close() {
        pool.close();
        Server.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
