package org.vultus.attendance.punch;

import java.time.Instant;
import java.util.UUID;

/**
 * A manager's word that a punch does not count. The punch stays. Of a corrected time there are two: this, and a manual punch.
 *
 * @param punch the event identifier of the punch
 */
public record Voiding(UUID id, UUID punch, UUID subject, UUID by, String reason, Instant recordedAt) {
    public Voiding {
        if (reason.isBlank() || reason.length() > 500) {
            throw new IllegalArgumentException("a reason is 1 to 500 characters");
        }
    }
}
