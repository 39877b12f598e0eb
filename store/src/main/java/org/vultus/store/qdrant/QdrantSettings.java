package org.vultus.store.qdrant;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Qdrant is, and how long it is waited for.
 *
 * @param port of its gRPC interface
 * @param tls whether the connection is encrypted; only a Qdrant on this machine may do without
 * @param certificate PEM file of the authority that vouches for it; the Java platform's when absent
 * @param timeout of one attempt
 */
public record QdrantSettings(
        String host,
        int port,
        boolean tls,
        @Nullable Path certificate,
        @Nullable String apiKey,
        Duration timeout) {

    @Override
    public String toString() {
        return host + ":" + port + (tls ? " (TLS)" : "");
    }
}
