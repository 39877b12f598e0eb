package org.vultus.access.signin;

import java.time.Instant;
import java.util.UUID;

/** The sessions as they are remembered; what happens within one lives in memory only. */
public interface SignInSessions {

    void opened(SignInSession session);

    /** @param outcome ACCEPTED or the reason of the refusal, or ABANDONED */
    void closed(UUID session, String outcome, Instant at);
}
