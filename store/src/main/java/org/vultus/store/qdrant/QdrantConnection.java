package org.vultus.store.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.store.CannotStart;

/**
 * Calls of Qdrant by its official client: each attempt with a time limit, {@value #ATTEMPTS} attempts with growing pauses where
 * another may help, and none at all while its {@link Circuit} is open. All calls may be repeated without harm. Safe for several threads.
 */
public final class QdrantConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QdrantConnection.class);

    private static final int ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long CLOSE_SECONDS = 5;

    /** What only a server that is there says. */
    private static final Set<Status.Code> SERVED =
            Set.of(Status.Code.INVALID_ARGUMENT, Status.Code.ALREADY_EXISTS, Status.Code.FAILED_PRECONDITION);

    private final ManagedChannel channel;
    private final QdrantClient client;
    private final Duration timeout;
    private final Circuit circuit;

    /** What Qdrant has answered, and what is not there. */
    static final class NotFound extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotFound(Throwable cause) {
            super(cause);
        }
    }

    /** An answer that cannot be right. */
    static final class Nonsense extends RuntimeException {
        private static final long serialVersionUID = 1;

        Nonsense(String message) {
            super(message);
        }
    }

    /** @param channel is closed with the connection */
    public QdrantConnection(ManagedChannel channel, QdrantSettings settings, Clock clock) {
        this.channel = channel;
        this.timeout = settings.timeout();
        this.circuit = new Circuit(clock);
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(channel, true, false);
        if (settings.apiKey() != null) {
            builder.withApiKey(settings.apiKey());
        }
        this.client = new QdrantClient(builder.build());
    }

    /**
     * Connects when it is first used.
     *
     * @throws CannotStart when the certificate cannot be read
     */
    public static QdrantConnection open(QdrantSettings settings, Clock clock) {
        try {
            TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
            if (settings.certificate() != null) {
                tls.trustManager(settings.certificate().toFile());
            }
            ManagedChannel channel = Grpc.newChannelBuilder(
                            "dns:///" + settings.host() + ":" + settings.port(),
                            settings.tls() ? tls.build() : InsecureChannelCredentials.create())
                    .keepAliveTime(1, TimeUnit.MINUTES)
                    .build();
            return new QdrantConnection(channel, settings, clock);
        } catch (IOException e) {
            throw new CannotStart(
                    "The certificate " + settings.certificate() + " of vultus.gallery.qdrant cannot be read.", e);
        }
    }

    /** Why Qdrant is not asked at the moment; empty while it is. */
    Optional<String> trouble() {
        return circuit.open();
    }

    /** Asks whether Qdrant is there; gives its version. */
    public String version() {
        return call("health", c -> c.healthCheckAsync(timeout), reply -> {
            if (!reply.getTitle().startsWith("qdrant")) {
                throw new Nonsense("it is no Qdrant");
            }
            return reply.getVersion();
        });
    }

    /** One call of the client, within {@link #timeout()}. */
    interface Call<T> extends Function<QdrantClient, ListenableFuture<T>> {}

    Duration timeout() {
        return timeout;
    }

    /**
     * @param what for the message
     * @param check takes what is needed from the answer, and throws {@link Nonsense} when it cannot be right
     * @throws GalleryUnavailable when it is not answered in time, or wrongly
     * @throws NotFound when Qdrant says so
     */
    <T, R> R call(String what, Call<T> call, Function<T, R> check) {
        if (!circuit.admits()) {
            throw new GalleryUnavailable(circuit.open().orElse("Qdrant does not answer"));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                R result = check.apply(call.apply(client).get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS));
                circuit.succeeded();
                return result;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GalleryUnavailable("interrupted", e);
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                Status status = status(e);
                if (status.getCode() == Status.Code.NOT_FOUND) {
                    circuit.succeeded();
                    throw new NotFound(e);
                }
                if (attempt == ATTEMPTS || !mayPass(status)) {
                    throw failed(what, status, e);
                }
                pause(attempt);
            }
        }
    }

    private GalleryUnavailable failed(String what, Status status, Exception e) {
        if (SERVED.contains(status.getCode())) {
            circuit.succeeded();
            return new GalleryUnavailable("Qdrant declines to " + what + ": " + status.getDescription(), e);
        }
        boolean refused =
                status.getCode() == Status.Code.UNAUTHENTICATED || status.getCode() == Status.Code.PERMISSION_DENIED;
        String why = refused
                ? "Qdrant refuses the API key"
                : "Qdrant does not do what it is asked (" + what + "): " + status.getCode()
                        + (status.getDescription() == null ? "" : ", " + status.getDescription());
        if (circuit.open().isEmpty()) {
            LOG.warn("{}", why);
        }
        circuit.failed(why, refused);
        return new GalleryUnavailable(why, e);
    }

    private static Status status(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StatusRuntimeException known -> {
                    return known.getStatus();
                }
                case Nonsense nonsense -> {
                    return Status.DATA_LOSS.withDescription(nonsense.getMessage());
                }
                case TimeoutException _ -> {
                    return Status.DEADLINE_EXCEEDED;
                }
                default -> {}
            }
        }
        return Status.UNKNOWN.withDescription(e.toString());
    }

    private static boolean mayPass(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, DATA_LOSS -> true;
            default -> false;
        };
    }

    /** Twice as long each time, and never the same for all who wait. */
    private static void pause(int attempt) {
        long longest = FIRST_PAUSE_MS << (attempt - 1);
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1)));
    }

    @Override
    public void close() {
        client.close();
        channel.shutdownNow();
        try {
            if (!channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("the channel to Qdrant is still open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
