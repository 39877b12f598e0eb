package org.vultus.access.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, as far as it is known.
 *
 * @param subject the person, when one is signed in
 * @param address the network address the act came from
 * @param device what the client calls itself; not proven
 */
public record Actor(
        @Nullable UUID subject,
        @Nullable String address,
        @Nullable String device) {

    /** The program itself. */
    public static final Actor SYSTEM = new Actor(null, null, null);

    public static Actor of(UUID subject) {
        return new Actor(subject, null, null);
    }
}
