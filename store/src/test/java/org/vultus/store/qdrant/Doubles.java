package org.vultus.store.qdrant;

import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.vultus.testkit.qdrant.QdrantDouble;

/** A double of Qdrant in this process, with connections to it. */
final class Doubles implements AutoCloseable {
    static final SecretKey SECRET = new SecretKeySpec(new byte[32], "HKDF");

    private final String name = UUID.randomUUID().toString();
    final QdrantDouble qdrant = QdrantDouble.inProcess(name);

    QdrantConnection connect(Clock clock) {
        return connect(clock, null, Duration.ofSeconds(20));
    }

    QdrantConnection connect(Clock clock, @Nullable String apiKey, Duration timeout) {
        return new QdrantConnection(
                InProcessChannelBuilder.forName(name).build(),
                new QdrantSettings("localhost", 6334, false, null, apiKey, timeout),
                clock);
    }

    @Override
    public void close() {
        qdrant.close();
    }
}
