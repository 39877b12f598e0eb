package org.vultus.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.store.CannotStart;

class EmbeddedDatabaseTest {
    /** Unpacked once for all tests, here and in other classes. */
    private static final Path PROGRAMS = Path.of("target", "postgres-programs");

    /** One cluster serves all tests: making one takes longer than any of them. */
    @TempDir
    static Path data;

    @Test
    void keepsWhatWasCommittedOverAStopAndIsDurable() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, PROGRAMS)) {
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            jdbc.sql("DROP TABLE IF EXISTS kept").update();
            jdbc.sql("CREATE TABLE kept AS SELECT 42 AS answer").update();

            assertThat(setting(jdbc, "fsync")).isEqualTo("on");
            assertThat(setting(jdbc, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(jdbc, "full_page_writes")).isEqualTo("on");
            assertThat(setting(jdbc, "data_checksums")).isEqualTo("on");
            assertThat(setting(jdbc, "listen_addresses")).isEqualTo("127.0.0.1");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, PROGRAMS)) {
            assertThat(answer(database)).isEqualTo(42);
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, PROGRAMS)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> connect(database.jdbcUrl(), database.user(), "guess"))
                    .withMessageContaining("password authentication failed");
            Path file = data.resolve("keys").resolve("postgres-password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file)).isEqualTo(database.password());
        }
    }

    @Test
    void keepsWhatWasCommittedWhenPostgresIsKilledAndStartsItAgain() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, PROGRAMS)) {
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            jdbc.sql("DROP TABLE IF EXISTS kept").update();
            jdbc.sql("CREATE TABLE kept (answer int)").update();
            jdbc.sql("INSERT INTO kept VALUES (42)").update();
            ProcessHandle killed = postmaster();

            killed.destroyForcibly();
            killed.onExit().get(30, TimeUnit.SECONDS);

            assertThat(answerOnceItIsBack(database)).isEqualTo(42);
            assertThat(postmaster().pid()).isNotEqualTo(killed.pid());
        }
        assertThat(EmbeddedDatabase.postmaster(data.resolve("postgres"))).isEmpty();
    }

    @Test
    void stopsAPostgresThatOutlivedItsServer() throws Exception {
        EmbeddedDatabase.start(data, PROGRAMS).close();
        Programs.Run run = Programs.in(PROGRAMS)
                .run("pg_ctl", List.of("start", "--wait", "--pgdata=" + data.resolve("postgres"), "--silent"));
        assertThat(run.status()).as(run.output()).isZero();
        ProcessHandle orphan = postmaster();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, PROGRAMS)) {
            orphan.onExit().get(30, TimeUnit.SECONDS);
            assertThat(postmaster().pid()).isNotEqualTo(orphan.pid());
            assertThat(setting(JdbcClient.create(database.dataSource()), "fsync"))
                    .isEqualTo("on");
        }
    }

    @Test
    void startsThoughTheNumberOfTheOldProcessBelongsToAnotherNow() throws Exception {
        EmbeddedDatabase.start(data, PROGRAMS).close();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Path pidFile = data.resolve("postgres").resolve("postmaster.pid");
            Files.write(
                    pidFile,
                    List.of(
                            Long.toString(stranger.pid()),
                            data.resolve("postgres").toString(),
                            "1",
                            "1"));

            try (EmbeddedDatabase database = EmbeddedDatabase.start(data, PROGRAMS)) {
                assertThat(database.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (EmbeddedDatabase running = EmbeddedDatabase.start(data, PROGRAMS)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(data, PROGRAMS))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another Vultus is running")
                    .hasMessageContaining(data.toString());
            assertThat(running.jdbcUrl()).isNotBlank();
        }
    }

    @Test
    void saysWhichFileIsMissing(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("postgres"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(other, PROGRAMS))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("postgres-password");
    }

    @Test
    void makesTheClusterAnewWhenItWasInterrupted(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("postgres.new").resolve("half"));

        try (EmbeddedDatabase database = EmbeddedDatabase.start(other, PROGRAMS)) {
            assertThat(database.jdbcUrl()).isNotBlank();
        }
        assertThat(other.resolve("postgres.new")).doesNotExist();
    }

    private ProcessHandle postmaster() throws IOException {
        return EmbeddedDatabase.postmaster(data.resolve("postgres")).orElseThrow();
    }

    private static String setting(JdbcClient jdbc, String name) {
        return jdbc.sql("SHOW " + name).query(String.class).single();
    }

    private static int answer(EmbeddedDatabase database) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT answer FROM kept")
                .query(Integer.class)
                .single();
    }

    private static int answerOnceItIsBack(EmbeddedDatabase database) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            try (Connection connection = connect(database.jdbcUrl(), database.user(), database.password())) {
                assertThat(connection.isValid(5)).isTrue();
                return answer(database);
            } catch (SQLException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new AssertionError("the database did not come back");
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
