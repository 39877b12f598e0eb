package org.vultus.server.gallery;

import org.jspecify.annotations.Nullable;

/** Which gallery is used, and whether it answers. */
@FunctionalInterface
public interface GalleryHealth {

    /**
     * @param kind {@code MEMORY} or {@code QDRANT}
     * @param status {@code UP}; {@code FILLING} while references are written to an index that was empty; {@code FALLBACK} while memory
     *     takes the place of an index that does not answer; {@code UNAVAILABLE} while nothing does, and people need a user name
     * @param reason why it is not up
     */
    record State(String kind, String status, @Nullable String reason) {}

    State state();

    /** The gallery in a few words, for whoever starts the server. */
    default String describe() {
        return "in this server's memory";
    }
}
