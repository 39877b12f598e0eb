package org.vultus.server.socket;

import org.jspecify.annotations.Nullable;

/** Whether live video can be taken. */
@FunctionalInterface
public interface VideoHealth {

    /**
     * @param status {@code OFF}, {@code UNUSED} until the library is loaded, {@code UP}, {@code FULL} while as many are open as may
     *     be, or {@code UNAVAILABLE}
     * @param connections how many are open
     * @param reason why it is unavailable
     * @param relay absent when none is set
     */
    record Video(
            String status,
            int connections,
            @Nullable String reason,
            @Nullable Relay relay) {}

    /**
     * The relay by which video comes where the direct way is closed.
     *
     * @param status {@code UNUSED} until it was asked, {@code UP} or {@code DOWN} as it answered last
     * @param forClients whether who has a session is given an account of it
     * @param reason why it is down
     */
    record Relay(
            String status, boolean forClients, @Nullable String reason) {}

    Video video();
}
