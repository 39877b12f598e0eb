package org.vultus.access.signin;

import java.time.Duration;

/** What became of the wish to sign in by face. */
public sealed interface Opening {

    record Opened(FaceAttempt attempt) implements Opening {}

    /** @param retryAfter how long to wait before trying again; zero when waiting does not help */
    record Refused(SignInRefusal reason, Duration retryAfter) implements Opening {}
}
