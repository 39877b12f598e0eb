package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.server.RunningServer;
import org.vultus.server.start.FirstAdministrator;
import org.vultus.server.start.Rehearsal;

class FirstVisitorsTest {

    /** As on the data folder that is thrown away: every camera is answered, looked at, and let in by nobody. */
    @Test
    void theyAreServedAndNobodyIsLetInByFace(@TempDir Path data) throws IOException {
        try (RunningServer server = RunningServer.start(data)) {
            FirstVisitors visitors =
                    new FirstVisitors(server.address, FirstAdministrator.DEPARTMENT, Rehearsal.drawing());

            visitors.administrator(FirstAdministrator.USERNAME, server.oneTimePassword);
            visitors.cameras(FirstAdministrator.USERNAME);

            JdbcClient database =
                    JdbcClient.create(Objects.requireNonNull(server.context).getBean(DataSource.class));
            assertThat(count(database, "face_auth_sessions")).isEqualTo(10);
            // Twenty tokens, and the choice of a password.
            assertThat(count(database, "face_auth_logs WHERE method = 'PASSWORD' AND accepted"))
                    .isEqualTo(21);
            assertThat(count(database, "face_auth_logs WHERE method = 'FACE' AND accepted"))
                    .isZero();
        }
    }

    private static int count(JdbcClient database, String rows) {
        return database.sql("SELECT count(*) FROM " + rows).query(Integer.class).single();
    }
}
