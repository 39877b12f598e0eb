package org.vultus.server.socket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.signin.FaceAttempt;
import org.vultus.access.signin.FrameAnswer;
import org.vultus.access.signin.Prompt;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.access.signin.SignInSession;
import org.vultus.biometrics.liveness.FlashColour;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.Script;
import org.vultus.server.http.AdviceJson;
import org.vultus.server.token.AccessTokens;

/** What the server says during a face session, as JSON with a {@code type}. */
public sealed interface Message {

    @JsonProperty("type")
    default String type() {
        return switch (this) {
            case SessionOpened _ -> "session";
            case Feedback _, BusyFeedback _ -> "feedback";
            case NewScript _ -> "script";
            case Result _ -> "result";
            case Complete _ -> "authentication_complete";
            case Greets greets -> greets.kind();
        };
    }

    /**
     * @param nonce of this session
     * @param script what the person is to do; empty under the policy passive
     * @param framesWanted how many good frames decide
     * @param token what further requests of this session carry; only where there is no socket
     */
    record SessionOpened(
            UUID sessionId,
            String nonce,
            Instant expiresAt,
            String policy,
            List<StepJson> script,
            int framesWanted,
            @Nullable String token)
            implements Message {

        static SessionOpened of(FaceAttempt attempt, String nonce, @Nullable String token) {
            SignInSession session = attempt.session();
            return new SessionOpened(
                    session.id(),
                    nonce,
                    session.expiresAt(),
                    session.policy().name().toLowerCase(Locale.ROOT),
                    attempt.script().map(StepJson::of).orElse(List.of()),
                    attempt.wanted(),
                    token);
        }
    }

    /**
     * One step of a script.
     *
     * @param action by its stable name
     * @param windowMs how long it may take
     * @param colours what the display shows one after the other; only of a flash
     * @param colourMs how long each
     */
    record StepJson(
            String action,
            long windowMs,
            @Nullable List<String> colours,
            @Nullable Long colourMs) {

        static StepJson of(Script.Step step) {
            boolean flash = step.gesture() == Gesture.COLOUR_FLASH;
            return new StepJson(
                    step.gesture().name(),
                    step.window().toMillis(),
                    flash ? step.colours().stream().map(FlashColour::name).toList() : null,
                    flash ? Script.COLOUR_TIME.toMillis() : null);
        }

        static List<StepJson> of(Script script) {
            return script.steps().stream().map(StepJson::of).toList();
        }
    }

    /**
     * What is to be done now.
     *
     * @param index of the step in the script, from 0
     * @param remainingMs of its window
     * @param begun whether the time runs; before, the face is waited for
     */
    record PromptJson(int index, int of, String action, long remainingMs, boolean begun) {

        static PromptJson of(Prompt prompt) {
            return new PromptJson(
                    prompt.step(), prompt.of(), prompt.what().gesture().name(), prompt.remaining(), prompt.begun());
        }
    }

    /**
     * The script before counts no more.
     *
     * @param failed whether it was not followed; otherwise the client asked for another
     */
    record NewScript(List<StepJson> script, boolean failed) implements Message {

        static NewScript of(FrameAnswer.Scripted answer) {
            return new NewScript(StepJson.of(answer.script()), answer.failed());
        }
    }

    /** @param step only where there is a script that has not been followed yet */
    record Feedback(
            int frame,
            boolean accepted,
            List<AdviceJson> advice,
            @Nullable Integer quality,
            int good,
            int wanted,
            @Nullable PromptJson step)
            implements Message {

        static Feedback of(FrameAnswer.Feedback answer) {
            return new Feedback(
                    answer.frame(),
                    answer.accepted(),
                    AdviceJson.of(answer.advice()),
                    answer.quality().orElse(null),
                    answer.good(),
                    answer.wanted(),
                    answer.prompt().map(PromptJson::of).orElse(null));
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

        /** At a device, where there is no password. */
        static Result refusedAtKiosk(SignInRefusal reason, @Nullable Long retryAfter) {
            String text = switch (reason) {
                case NOT_RECOGNISED -> "You were not recognised. Try again, or use your PIN.";
                case EXPIRED -> "The time is up. Try again, or use your PIN.";
                case LOCKED -> "Too many attempts. Wait a little, or use your PIN.";
                case USERNAME_NEEDED, UNKNOWN_DEPARTMENT, POLICY_NOT_AVAILABLE ->
                    "Faces alone are not recognised at this kiosk. Use your PIN.";
            };
            return new Result("refused", reason.name(), text, "pin", retryAfter);
        }

        static Result busy() {
            return new Result(
                    "refused", "BUSY", "Too many people are signing in. Try again in a moment.", "password", 5L);
        }

        static Result noSearch() {
            return new Result(
                    "refused",
                    "GALLERY_UNAVAILABLE",
                    "Faces cannot be searched for now. Give your user name, or use your password.",
                    "password",
                    5L);
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

    /** The end of a session at a device, which greets instead of signing in. */
    non-sealed interface Greets extends Message {
        /** Its {@code type}. */
        @JsonIgnore
        String kind();
    }

    record Complete(String accessToken, String tokenType, long expiresIn, UserJson user) implements Message {

        static Complete of(AccessTokens.Issued issued) {
            return new Complete(issued.token(), "Bearer", issued.life().toSeconds(), UserJson.of(issued.evidence()));
        }
    }
}
