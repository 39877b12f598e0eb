package org.vultus.testkit.qdrant;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Qdrant for tests: start it in the process or on a port, and tell it how to fail. Safe for several threads. */
public final class QdrantDouble implements AutoCloseable {
    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    /** How a call goes wrong. */
    public enum Fault {
        /** No answer ever comes. */
        SILENCE,
        /** The call is refused as by a server that is going down. */
        UNAVAILABLE,
        /** An answer comes that lacks half of what was asked for. */
        HALF
    }

    private final QdrantContent content = new QdrantContent();
    private final List<Server> servers = new ArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger remaining = new AtomicInteger();
    private volatile @Nullable Fault fault;
    private volatile String faultyCall = "";
    private volatile @Nullable String apiKey;
    private volatile Consumer<String> beforeCall = call -> {};

    /** Starts within this process. */
    public static QdrantDouble inProcess(String name) {
        return new QdrantDouble().serve(InProcessServerBuilder.forName(name));
    }

    /** Also on this server; it is closed with the double. */
    public QdrantDouble serve(ServerBuilder<?> builder) {
        try {
            servers.add(builder.addService(new QdrantPoints(content, this::half))
                    .addService(new QdrantCollections(content))
                    .addService(new QdrantHealth())
                    .intercept(new Gate())
                    .build()
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The port of the first server. */
    public int port() {
        return servers.getFirst().getPort();
    }

    /** Refuses whoever does not bring this key. */
    public QdrantDouble demand(String key) {
        apiKey = key;
        return this;
    }

    /** Every call fails from now on. */
    public void fail(Fault how) {
        fail(how, "", Integer.MAX_VALUE);
    }

    /** The next calls of one name, such as {@code UpdateVectors}, fail; an empty name is any. */
    public void fail(Fault how, String call, int times) {
        faultyCall = call;
        remaining.set(times);
        fault = how;
    }

    /** Calls succeed again. */
    public void recover() {
        fault = null;
    }

    /** Is done before a call is carried out, with its name; what it throws fails the call. */
    public void beforeCall(Consumer<String> action) {
        beforeCall = action;
    }

    /** What it holds; a test may look, and may damage it. */
    public QdrantContent content() {
        return content;
    }

    /** The names of the calls that came, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private boolean half() {
        return fault == Fault.HALF && remaining.get() > 0;
    }

    /** Lets calls through, or not. */
    private final class Gate implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            String name = Optional.ofNullable(call.getMethodDescriptor().getBareMethodName())
                    .orElse("");
            calls.add(name);
            if (apiKey != null && !apiKey.equals(headers.get(API_KEY))) {
                call.close(Status.UNAUTHENTICATED.withDescription("Must provide an API key"), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            Fault now = fault;
            if (now != null
                    && now != Fault.HALF
                    && (faultyCall.isEmpty() || faultyCall.equals(name))
                    && remaining.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                if (now == Fault.UNAVAILABLE) {
                    call.close(Status.UNAVAILABLE.withDescription("going down"), new Metadata());
                }
                return new ServerCall.Listener<>() {};
            }
            return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
                @Override
                public void onHalfClose() {
                    try {
                        beforeCall.accept(name);
                        super.onHalfClose();
                    } catch (NoSuchThing e) {
                        call.close(Status.NOT_FOUND.withDescription(e.getMessage()), new Metadata());
                    } catch (IllegalArgumentException e) {
                        call.close(Status.INVALID_ARGUMENT.withDescription(e.getMessage()), new Metadata());
                    } catch (RuntimeException e) {
                        call.close(Status.UNAVAILABLE.withDescription(e.toString()), new Metadata());
                    }
                }
            };
        }
    }

    @Override
    public void close() {
        servers.forEach(Server::shutdownNow);
    }
}
