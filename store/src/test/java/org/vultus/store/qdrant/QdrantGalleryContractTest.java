package org.vultus.store.qdrant;

import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.vultus.biometrics.contract.GalleryContract;
import org.vultus.biometrics.match.Gallery;

class QdrantGalleryContractTest extends GalleryContract {
    private final Doubles doubles = new Doubles();
    private final QdrantConnection connection = doubles.connect(Clock.systemUTC());

    @AfterEach
    void close() {
        connection.close();
        doubles.close();
    }

    /** Each search of several departments keeps fifty writers waiting here, and each call goes through gRPC. */
    @Override
    protected int rounds() {
        return 1;
    }

    @Override
    protected Gallery gallery() {
        return new QdrantGallery(connection, EXTRACTOR, Doubles.SECRET, new MemoryVersions(), () -> {});
    }
}
