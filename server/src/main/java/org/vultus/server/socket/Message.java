package org.vultus.server.socket;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.signin.FrameAnswer;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.access.signin.SignInSession;
import org.vultus.server.http.AdviceJson;
import org.vultus.server.token.AccessTokens;

/** What the server says during a face session, as JSON with a {@code type}. */
public sealed interface Message {

    @JsonProperty("type")
    default String type() {
        return switch (this) {
            case SessionOpened _ -> "session";
            case Feedback _, BusyFeedback _ -> "feedback";
            case Result _ -> "result";
            case Complete _ -> "authentication_complete";
        };
    }

    /**
     * @param nonce of this session
     * @param script what the person is to do; empty while the policy is passive
     * @param framesWanted how many good frames decide
     * @param token what further requests of this session carry; only where there is no socket
     */
    record SessionOpened(
            UUID sessionId,
            String nonce,
            Instant expiresAt,
            String policy,
            List<String> script,
            int framesWanted,
            @Nullable String token)
            implements Message {

        static SessionOpened of(SignInSession session, String nonce, int wanted, @Nullable String token) {
            return new SessionOpened(
                    session.id(),
                    nonce,
                    session.expiresAt(),
                    session.policy().name().toLowerCase(Locale.ROOT),
                    List.of(),
                    wanted,
                    token);
        }
    }

    record Feedback(
            int frame,
            boolean accepted,
            List<AdviceJson> advice,
            @Nullable Integer quality,
            int good,
            int wanted) implements Message {

        static Feedback of(FrameAnswer.Feedback answer) {
            return new Feedback(
                    answer.frame(),
                    answer.accepted(),
                    AdviceJson.of(answer.advice()),
                    answer.quality().orElse(null),
                    answer.good(),
                    answer.wanted());
        }
    }

    /** The frame waits for its turn. */
    record BusyFeedback(Busy busy) implements Message {

        /** @param place how many sessions are served before */
        record Busy(int place) {}
    }

    /**
     * @param outcome accepted or refused
     * @param reason why it was refused
     * @param text what to do
     * @param fallback another way to sign in
     * @param retryAfter seconds
     */
    record Result(
            String outcome,
            @Nullable String reason,
            @Nullable String text,
            @Nullable String fallback,
            @Nullable Long retryAfter)
            implements Message {

        static final Result ACCEPTED = new Result("accepted", null, null, null, null);

        static Result refused(SignInRefusal reason, @Nullable Long retryAfter) {
            return new Result("refused", reason.name(), reason.english(), "password", retryAfter);
        }

        static Result busy() {
            return new Result(
                    "refused", "BUSY", "Too many people are signing in. Try again in a moment.", "password", 5L);
        }

        static Result fault() {
            return new Result(
                    "refused",
                    "FAULT",
                    "Something went wrong in the server. Try again, or use your password.",
                    "password",
                    5L);
        }
    }

    record Complete(String accessToken, String tokenType, long expiresIn, UserJson user) implements Message {

        static Complete of(AccessTokens.Issued issued) {
            return new Complete(issued.token(), "Bearer", issued.life().toSeconds(), UserJson.of(issued.evidence()));
        }
    }
}
