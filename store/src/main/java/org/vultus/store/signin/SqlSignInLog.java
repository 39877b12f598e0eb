package org.vultus.store.signin;

import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.signin.SignInLog;

/** {@link SignInLog} in the table {@code face_auth_logs}. */
public final class SqlSignInLog implements SignInLog {
    private final JdbcClient jdbc;

    public SqlSignInLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void append(Entry entry) {
        jdbc.sql(
                        "INSERT INTO face_auth_logs (at, session_id, department_id, subject_id, method, accepted, reason, score,"
                                + " threshold, liveness, frames, duration_ms, address, device)"
                                + " VALUES (:at, :session, :department, :subject, :method, :accepted, :reason, :score,"
                                + " :threshold, :liveness, :frames, :duration, :address::inet, :device)")
                .param("at", entry.at().atOffset(ZoneOffset.UTC))
                .param("session", entry.session())
                .param("department", entry.department())
                .param("subject", entry.subject())
                .param("method", entry.method().name())
                .param("accepted", entry.accepted())
                .param("reason", entry.reason())
                .param("score", entry.score())
                .param("threshold", entry.threshold())
                .param("liveness", entry.liveness())
                .param("frames", entry.frames())
                .param("duration", Math.toIntExact(entry.duration().toMillis()))
                .param("address", Client.address(entry.address()))
                .param("device", Client.device(entry.device()))
                .update();
    }
}
