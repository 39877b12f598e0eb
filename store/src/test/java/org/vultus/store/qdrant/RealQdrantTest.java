package org.vultus.store.qdrant;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.qdrant.QdrantContainer;
import org.vultus.biometrics.contract.GalleryContract;
import org.vultus.biometrics.match.Gallery;

/** The contract on a real Qdrant in a container; {@code ./mvnw test -pl store -am -P docker}. */
@Tag("docker")
class RealQdrantTest extends GalleryContract {
    private static final QdrantContainer QDRANT = new QdrantContainer("qdrant/qdrant:v1.18.0");

    private Optional<QdrantConnection> connection = Optional.empty();

    @BeforeAll
    static void start() {
        QDRANT.start();
    }

    @AfterAll
    static void stop() {
        QDRANT.stop();
    }

    @AfterEach
    void forget() {
        connection.ifPresent(open -> {
            open.call(
                    "drop",
                    client -> client.deleteCollectionAsync(QdrantGallery.collection(EXTRACTOR), Duration.ofSeconds(30)),
                    done -> done);
            open.close();
        });
    }

    @Override
    protected int rounds() {
        return 1;
    }

    @Override
    protected Gallery gallery() {
        QdrantConnection open = new QdrantConnection(
                Grpc.newChannelBuilderForAddress(
                                QDRANT.getHost(), QDRANT.getGrpcPort(), InsecureChannelCredentials.create())
                        .build(),
                new QdrantSettings(QDRANT.getHost(), QDRANT.getGrpcPort(), false, null, null, Duration.ofSeconds(30)),
                Clock.systemUTC());
        connection = Optional.of(open);
        return new QdrantGallery(open, EXTRACTOR, Doubles.SECRET, new MemoryVersions(), () -> {});
    }
}
