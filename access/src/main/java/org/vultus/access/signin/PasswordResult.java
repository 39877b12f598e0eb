package org.vultus.access.signin;

import java.time.Duration;

/** What became of a password. */
public sealed interface PasswordResult {

    record Accepted(Authenticated evidence) implements PasswordResult {}

    /** Right, but good for nothing but choosing another. */
    record MustChange() implements PasswordResult {}

    /** Wrong, or nobody of that name, or one who may not sign in: the caller does not learn which. */
    record Refused() implements PasswordResult {}

    /** Not looked at: too many failures before. */
    record Locked(Duration retryAfter) implements PasswordResult {}
}
