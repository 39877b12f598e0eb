package org.vultus.store.signin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.signin.SignInSession;
import org.vultus.access.signin.SignInSessions;

/** {@link SignInSessions} in the table {@code face_auth_sessions}. */
public final class SqlSignInSessions implements SignInSessions {
    private final JdbcClient jdbc;

    public SqlSignInSessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void opened(SignInSession session) {
        jdbc.sql(
                        "INSERT INTO face_auth_sessions"
                                + " (id, department_id, claimed_subject_id, mode, policy, device, address, opened_at, expires_at)"
                                + " VALUES (:id, :department, :claimed, :mode, :policy, :device, :address::inet, :opened, :expires)")
                .param("id", session.id())
                .param("department", session.department())
                .param("claimed", session.claimed())
                .param("mode", session.identification() ? "IDENTIFY" : "VERIFY")
                .param("policy", session.policy().name())
                .param("device", Client.device(session.device()))
                .param("address", Client.address(session.address()))
                .param("opened", session.openedAt().atOffset(ZoneOffset.UTC))
                .param("expires", session.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void closed(UUID session, String outcome, Instant at) {
        jdbc.sql("UPDATE face_auth_sessions SET closed_at = ?, outcome = ? WHERE id = ? AND closed_at IS NULL")
                .params(at.atOffset(ZoneOffset.UTC), outcome, session)
                .update();
    }
}
