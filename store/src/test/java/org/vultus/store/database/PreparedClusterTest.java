package org.vultus.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class PreparedClusterTest {
    /** Other tests make their clusters anew, with programs of their own. */
    private static final Path PROGRAMS = Path.of("target", "prepared-programs");

    @TempDir
    Path folder;

    @Test
    void newFoldersBeginWithWhatWasPreparedAndAPasswordOfTheirOwn() throws IOException {
        PreparedCluster.make(
                PROGRAMS,
                empty -> JdbcClient.create(empty)
                        .sql("CREATE TABLE prepared AS SELECT 42 AS answer")
                        .update());
        assertThat(PROGRAMS.resolve("new-site")).doesNotExist();

        PreparedCluster.makeSpare(PROGRAMS);
        Programs programs = Programs.in(PROGRAMS);
        assertThat(programs.spareCluster()).isDirectory();

        // The first takes the copy that is there, the other makes one.
        try (EmbeddedDatabase one = EmbeddedDatabase.start(folder.resolve("one"), PROGRAMS);
                EmbeddedDatabase other = EmbeddedDatabase.start(folder.resolve("other"), PROGRAMS)) {
            assertThat(Files.exists(programs.spareCluster()))
                    .isNotEqualTo(Files.getFileStore(PROGRAMS).equals(Files.getFileStore(folder)));
            assertThat(programs.preparedCluster()).isDirectory();
            assertThat(answer(one)).isEqualTo(42);
            assertThat(answer(other)).isEqualTo(42);
            assertThat(JdbcClient.create(one.dataSource())
                            .sql("SELECT rolpassword FROM pg_authid WHERE rolname = '" + one.user() + "'")
                            .query(String.class)
                            .single())
                    .startsWith("SCRAM-SHA-256$1:");
            assertThat(one.password())
                    .isEqualTo(Files.readString(folder.resolve("one/keys/postgres-password")))
                    .isNotEqualTo(other.password());
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(one.jdbcUrl(), one.user(), other.password()))
                    .withMessageContaining("password authentication failed");

            JdbcClient.create(one.dataSource())
                    .sql("UPDATE prepared SET answer = 1")
                    .update();
            assertThat(answer(other)).isEqualTo(42);
        }
        try (EmbeddedDatabase again = EmbeddedDatabase.start(folder.resolve("one"), PROGRAMS)) {
            assertThat(answer(again)).isEqualTo(1);
        }
    }

    private static int answer(EmbeddedDatabase database) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT answer FROM prepared")
                .query(Integer.class)
                .single();
    }
}
