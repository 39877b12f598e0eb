package org.vultus.server.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PortAllocatorConfig;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.vultus.access.signin.SignInSession;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;
import org.vultus.server.socket.Message;
import org.vultus.server.socket.RemoteSessions.Remote;
import org.vultus.server.socket.VideoHealth;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connections that are open, at most so many, each with its end: decided, not met in time, silent, or gone. Nothing of it runs
 * where video is off. Safe for several threads.
 */
public final class Peers implements VideoHealth, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    /** Browsers that can reach us do so within a second; the page gives up after three. */
    private static final Duration MEET_WITHIN = Duration.ofSeconds(10);

    /** A phone that is locked, a page that is left, a network that is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /**
     * After the last word, for the client to read it and go by itself. Where packets are lost it takes SCTP several attempts, each
     * twice as long as the one before, and what is under way is not told from what has arrived.
     */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final long TICK_MS = 50;

    /** At which nobody answers: reserved, and lower than those that sockets get by themselves. The library takes no lower one. */
    private static final int NOBODYS_PORT = 1024;

    /** How often it is asked how a video comes in. Most end within two seconds, and are asked once more then. */
    private static final Duration BETWEEN_MEASURES = Duration.ofMillis(500);

    private final Map<UUID, Connection> connections = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webrtc").daemon().factory());
    private final Library library;
    private final VultusProperties.WebRtc settings;
    private final IceServers servers;
    private final Clock times;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final DistributionSummary bitrate;
    private final Timer jitter;
    private final Counter packets;
    private final Counter lost;
    private @Nullable ScheduledFuture<?> ticking;

    public Peers(VultusProperties.WebRtc settings, Clock times, JsonMapper json, MeterRegistry meters) {
        this(Library.SHARED, settings, times, json, meters);
    }

    Peers(Library library, VultusProperties.WebRtc settings, Clock times, JsonMapper json, MeterRegistry meters) {
        this.library = library;
        this.settings = settings;
        this.servers = new IceServers(settings);
        this.times = times;
        this.json = json;
        this.meters = meters;
        Gauge.builder("vultus.webrtc.open", connections, Map::size).register(meters);
        bitrate = DistributionSummary.builder("vultus.webrtc.bitrate")
                .baseUnit("bits_per_second")
                .register(meters);
        jitter = Timer.builder("vultus.webrtc.jitter").register(meters);
        packets =
                Counter.builder("vultus.webrtc.packets").tag("fate", "received").register(meters);
        lost = Counter.builder("vultus.webrtc.packets").tag("fate", "lost").register(meters);
    }

    /** What a client gets back. */
    record Accepted(SdpAnswer answer, String etag) {}

    @Override
    public Video video() {
        int open = connections.size();
        if (!settings.enabled()) {
            return new Video("OFF", open, null, null);
        }
        String failure = library.failure();
        if (failure != null) {
            return new Video("UNAVAILABLE", open, failure, null);
        }
        if (open >= settings.mostConnections()) {
            return new Video("FULL", open, null, servers.relay());
        }
        return new Video(library.isLoaded() ? "UP" : "UNUSED", open, null, servers.relay());
    }

    /** Loads the library, where video is wanted, and asks the relay, so that the first person does not wait for that. */
    @EventListener(ApplicationReadyEvent.class)
    public void prepare() {
        if (settings.enabled()) {
            Thread.ofPlatform().name("webrtc-library").daemon().start(() -> {
                try {
                    PeerConnectionFactory factory = library.factory();
                    if (servers.hasRelay()) {
                        rehearse(factory);
                    }
                } catch (Library.Unavailable e) {
                    LOG.debug("Health says why", e);
                }
            });
        }
    }

    private void rehearse(PeerConnectionFactory factory) {
        VideoIntake nothing = new VideoIntake((sample, onItsWay) -> {}, Duration.ZERO, meters);
        Instant soon = times.instant().plus(MEET_WITHIN);
        Peer peer = new Peer(
                factory,
                configuration(
                        settings, servers.mine(UUID.randomUUID(), soon), isRouted(Inet4Address.ofLiteral("127.0.0.1"))),
                servers,
                nothing);
        peer.rehearse();
        peer.close();
    }

    /** The relay for the client of a session, as values of the header {@code Link}. */
    List<String> relays(Remote remote) {
        SignInSession session = remote.session().attempt().session();
        return servers.links(session.id(), session.expiresAt());
    }

    /**
     * Connects a session, once.
     *
     * @param address at which the client can reach this server
     * @param asks where its request came from
     */
    Accepted connect(Remote remote, SdpOffer offer, InetAddress address, InetAddress asks) throws BadOffer {
        if (!settings.enabled()) {
            throw new Problem(ProblemType.VIDEO_UNAVAILABLE, "Live video is switched off. Send pictures instead.");
        }
        UUID id = remote.session().attempt().session().id();
        Connection connection;
        synchronized (this) {
            if (connections.size() >= settings.mostConnections()) {
                count("full");
                throw new Problem(ProblemType.BUSY, "Too many videos are open. Send pictures instead.");
            }
            connection = open(remote, offer, address);
            if (!remote.inbox().connect(connection::hear)) {
                connection.peer.close();
                throw new Problem(ProblemType.SESSION_OVER, "The session was connected before. Open another.");
            }
            connections.put(id, connection);
            if (ticking == null) {
                ticking = clock.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
            }
        }
        try {
            Accepted accepted = new Accepted(SdpAnswer.of(connection.peer.answer(offer), address), connection.etag);
            if (servers.hasRelay()) {
                // A relay lets through what comes from addresses that it was told, whatever their port. Behind a NAT
                // the client's own candidates are none that the relay sees; where its request came from may be.
                Candidate seen = new Candidate("asks", 1, asks, NOBODYS_PORT, "host");
                connection.peer.candidate(offer.mids().getFirst(), seen.text());
            }
            count("opened");
            return accepted;
        } catch (BadOffer | RuntimeException e) {
            count("refused");
            end(id, connection);
            throw e;
        }
    }

    private Connection open(Remote remote, SdpOffer offer, InetAddress address) {
        try {
            Duration between = remote.session().attempt().script().isPresent()
                    ? VideoIntake.BETWEEN_MOVEMENTS
                    : VideoIntake.BETWEEN_PICTURES;
            VideoIntake intake = new VideoIntake(remote.session()::frame, between, meters);
            SignInSession session = remote.session().attempt().session();
            RTCConfiguration configuration =
                    configuration(settings, servers.mine(session.id(), session.expiresAt()), isRouted(address));
            return new Connection(remote, offer, new Peer(library.factory(), configuration, servers, intake));
        } catch (Library.Unavailable e) {
            count("unavailable");
            throw new Problem(
                    ProblemType.VIDEO_UNAVAILABLE, "Live video is not available here. Send pictures instead.", e);
        }
    }

    /** The connection of a session; throws a problem when there is none that the caller may change. */
    private Connection of(UUID id, @Nullable String authorization) {
        Connection connection = connections.get(id);
        if (connection == null || !connection.remote.admits(authorization)) {
            throw new Problem(ProblemType.SESSION_OVER, "There is no such connection any more.");
        }
        return connection;
    }

    /** Takes further candidates. */
    void trickle(UUID id, @Nullable String authorization, @Nullable String ifMatch, IceFragment fragment)
            throws BadOffer {
        Connection connection = of(id, authorization);
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(connection.etag)) {
            throw new Problem(ProblemType.CONNECTION_CHANGED, "If-Match must be the ETag of the answer.");
        }
        if (!fragment.ufrag().isEmpty() && !fragment.ufrag().equals(connection.offer.ufrag())) {
            throw BadOffer.unusable("ICE is not restarted here. Open another session.");
        }
        for (String candidate : fragment.candidates()) {
            connection.peer.candidate(connection.offer.mids().getFirst(), candidate);
        }
    }

    /** Ends a connection, and its session if that has not been decided; nothing happens when it has ended. */
    void end(UUID id, @Nullable String authorization) {
        Connection connection = connections.get(id);
        if (connection != null && connection.remote.admits(authorization)) {
            end(id, connection);
        }
    }

    private void end(UUID id, Connection connection) {
        if (connections.remove(id, connection)) {
            connection.peer.close();
            connection.remote.session().end();
        }
    }

    private void tick() {
        connections.forEach((id, connection) -> {
            try {
                if (connection.isOver()) {
                    end(id, connection);
                }
            } catch (RuntimeException e) {
                LOG.error("A connection failed", e);
                end(id, connection);
            }
        });
    }

    /** @param routed whether this machine has a way to the Internet */
    static RTCConfiguration configuration(
            VultusProperties.WebRtc settings, List<RTCIceServer> servers, boolean routed) {
        RTCConfiguration configuration = new RTCConfiguration();
        configuration.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
        // One socket for all interfaces: which of them the client can reach, its request has shown. Where there is no
        // way to the Internet the library does not know its own address, and would offer none: there it gets a socket
        // for each interface.
        configuration.portAllocatorConfig = new PortAllocatorConfig(settings.firstPort(), settings.lastPort(), 0)
                .setDisableAdapterEnumeration(routed)
                .setDisableTcp(true)
                .setDisableStun(settings.stun() == null)
                .setDisableRelay(settings.turn().isEmpty());
        configuration.iceServers.addAll(servers);
        return configuration;
    }

    /**
     * Whether there is a way to the Internet, as the library asks it: of the kernel, without a packet. The addresses are nobody's
     * (RFC 5737, RFC 3849).
     */
    private static boolean isRouted(InetAddress family) {
        boolean old = family instanceof Inet4Address;
        String there = old ? "198.51.100.1" : "2001:db8::1";
        try (DatagramChannel socket =
                DatagramChannel.open(old ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(there), NOBODYS_PORT));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void count(String outcome) {
        Counter.builder("vultus.webrtc.connections")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        connections.forEach(this::end);
    }

    /** A peer, its session, and how far they are. */
    private final class Connection {
        private final Remote remote;
        private final SdpOffer offer;
        private final Peer peer;
        private final String etag = '"' + UUID.randomUUID().toString() + '"';
        private final long openedAt = System.nanoTime();
        private volatile long lastWordAt;
        private volatile boolean saidLast;
        private long measuredAt = openedAt;
        private boolean measuredLast;
        private Reception before = Reception.NONE;
        private long beforeAt = openedAt;

        Connection(Remote remote, SdpOffer offer, Peer peer) {
            this.remote = remote;
            this.offer = offer;
            this.peer = peer;
            hear(remote.opened());
        }

        /** From the threads that look at frames, which are not to wait for the network. */
        private void hear(Message message) {
            boolean last = message instanceof Message.Complete
                    || (message instanceof Message.Result result && result.reason() != null);
            if (last) {
                peer.intake().stop();
                lastWordAt = System.nanoTime();
                saidLast = true;
            }
            peer.say(json.writeValueAsBytes(message));
            try {
                clock.execute(peer::flush);
            } catch (RejectedExecutionException e) {
                LOG.debug("The server stops");
            }
        }

        /** Once more when it has been decided, because a client may go then. */
        private void measure(long now) {
            if (saidLast ? !measuredLast : peer.isConnected() && now - measuredAt > BETWEEN_MEASURES.toNanos()) {
                measuredAt = now;
                measuredLast = saidLast;
                peer.measure(this::measured);
            }
        }

        private synchronized void measured(Reception after) {
            long now = System.nanoTime();
            packets.increment((double) (after.packets() - before.packets()));
            lost.increment((double) Math.max(0, after.lost() - before.lost()));
            if (after.bytes() > before.bytes()) {
                bitrate.record(8e9 * (after.bytes() - before.bytes()) / (now - beforeAt));
                jitter.record(Math.round(1e9 * after.jitterSeconds()), TimeUnit.NANOSECONDS);
            }
            before = after;
            beforeAt = now;
        }

        private boolean isOver() {
            peer.flush();
            long now = System.nanoTime();
            measure(now);
            if (peer.isLost()) {
                return true;
            }
            if (saidLast) {
                return now - lastWordAt > FAREWELL.toNanos();
            }
            if (!peer.isConnected()) {
                return now - openedAt > MEET_WITHIN.toNanos();
            }
            if (now - peer.intake().lastPictureAt() > SILENCE.toNanos() && now - openedAt > MEET_WITHIN.toNanos()) {
                // Its client, if it still listens, hears that the time is up before it is left.
                remote.session().end();
            }
            return false;
        }
    }
}
