package org.vultus.server.gallery;

import java.util.UUID;
import org.vultus.store.qdrant.GalleryVerification;
import org.vultus.store.qdrant.Progress;

/** Work on an index outside of the process. */
public interface GalleryIndex {

    /** Compares the index with the store. */
    GalleryVerification.Findings verify(boolean repair, Progress progress);

    /**
     * Gives a department a new key, or goes on with that.
     *
     * @return the version in use afterwards
     */
    int rekey(UUID department, Progress progress);
}
