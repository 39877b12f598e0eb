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
     */
    record Video(String status, int connections, @Nullable String reason) {}

    Video video();
}
