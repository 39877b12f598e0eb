package org.vultus.access.signin;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.subject.LivenessPolicy;

/**
 * One attempt to sign in by face, from its opening to its decision.
 *
 * @param department where it signs in; null at a device that serves several, whose sessions are not stored
 * @param claimed whom the attempt claims to be, where it claims anybody that exists; never told to the client
 * @param identification whether no user name was claimed
 */
public record SignInSession(
        UUID id,
        @Nullable UUID department,
        @Nullable UUID claimed,
        boolean identification,
        LivenessPolicy policy,
        @Nullable String address,
        @Nullable String device,
        Instant openedAt,
        Instant expiresAt) {}
