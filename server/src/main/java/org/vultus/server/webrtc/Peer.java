package org.vultus.server.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpReceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: video in, messages out. The library is called under this object's lock, and calls back from threads of its own,
 * which never take that lock: they would wait for a thread that waits for them. Safe for several threads.
 */
final class Peer {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    private static final String CHANNEL = "vultus";

    /** The steps of a negotiation take milliseconds; more means that the library hangs. */
    private static final Duration STEP = Duration.ofSeconds(5);

    /** Messages that wait for the channel. A session says few before anything has been seen. */
    private static final int MOST_WAITING = 100;

    /** Text that a client sends is not wanted. It holds nothing of a connection, because the library never lets go of it. */
    private static final RTCDataChannelObserver DEAF = new RTCDataChannelObserver() {
        @Override
        public void onBufferedAmountChange(long previous) {
            // Looked at when it matters.
        }

        @Override
        public void onStateChange() {
            // Looked at when it matters.
        }

        @Override
        public void onMessage(RTCDataChannelBuffer message) {
            // Not wanted.
        }
    };

    private final VideoIntake intake;
    private final IceServers servers;
    private final CompletableFuture<Void> gathered = new CompletableFuture<>();
    private final Queue<byte[]> outbox = new ConcurrentLinkedQueue<>();
    private final RTCPeerConnection connection;
    private volatile @Nullable RTCDataChannel offered;
    private volatile boolean connected;
    private volatile boolean lost;
    private volatile boolean relayed;
    private @Nullable RTCDataChannel channel;
    private @Nullable VideoTrack track;
    private boolean closed;

    Peer(PeerConnectionFactory factory, RTCConfiguration configuration, IceServers servers, VideoIntake intake) {
        this.servers = servers;
        this.intake = intake;
        this.connection = factory.createPeerConnection(configuration, new Events());
    }

    /** The library's answer with all its candidates. */
    String answer(SdpOffer offer) throws BadOffer {
        try {
            CompletableFuture<Void> remote = new CompletableFuture<>();
            call(c -> c.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, offer.text()), done(remote)));
            await(remote);
            watch();
            CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
            call(c -> c.createAnswer(new RTCAnswerOptions(), made(created)));
            gather(await(created));
        } catch (Refused e) {
            throw BadOffer.unusable("The library does not take the offer: " + e.getMessage());
        }
        synchronized (this) {
            if (closed) {
                throw BadOffer.unusable("The connection was closed while it was made.");
            }
            return connection.getLocalDescription().sdp;
        }
    }

    /** Asks the servers elsewhere how they would answer, and connects nobody. To be closed afterwards. */
    void rehearse() {
        try {
            call(c -> offered = c.createDataChannel(CHANNEL, new RTCDataChannelInit()));
            CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
            call(c -> c.createOffer(new RTCOfferOptions(), made(created)));
            gather(await(created));
        } catch (Refused e) {
            LOG.debug("Nothing was gathered: {}", e.getMessage());
        }
    }

    private void gather(RTCSessionDescription mine) throws Refused {
        CompletableFuture<Void> local = new CompletableFuture<>();
        call(c -> c.setLocalDescription(mine, done(local)));
        await(local);
        Duration patience = servers.patience();
        // The library (0.14.0) does not tell what a server answered.
        String silent = "it gives no address: it refuses the account, or does not run";
        try {
            gathered.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Not all candidates were gathered in time");
            servers.wereLate();
            silent = "it did not answer in time";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (servers.hasRelay() && !relayed) {
            servers.relayFailed(silent);
        }
    }

    private synchronized void watch() throws BadOffer {
        if (closed) {
            return;
        }
        for (RTCRtpReceiver receiver : connection.getReceivers()) {
            if (receiver.getTrack() instanceof VideoTrack video) {
                track = video;
                video.addSink(intake);
                return;
            }
        }
        throw BadOffer.unusable("The offer has no video.");
    }

    /** @param mid of the medium that the candidate is for; all share one connection */
    void candidate(String mid, String candidate) {
        try {
            call(c -> c.addIceCandidate(new RTCIceCandidate(mid, 0, candidate)));
        } catch (Refused e) {
            LOG.debug("A candidate was not taken: {}", e.getMessage());
        }
    }

    /** Says that once the channel is open; {@link #flush()} sends it. Takes no lock: the library's threads come here too. */
    void say(byte[] json) {
        if (outbox.size() < MOST_WAITING) {
            outbox.add(json);
        }
    }

    /** Sends what waits, if the channel is open. */
    synchronized void flush() {
        if (closed) {
            return;
        }
        if (channel == null && offered != null) {
            channel = offered;
            channel.registerObserver(DEAF);
        }
        if (channel == null || channel.getState() != RTCDataChannelState.OPEN) {
            return;
        }
        for (byte[] next = outbox.poll(); next != null; next = outbox.poll()) {
            try {
                channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(next), false));
            } catch (Exception e) {
                LOG.debug("A client did not hear its answer: {}", e.getMessage());
                lost = true;
            }
        }
    }

    /** Asks how the video comes in. Answered on a thread of the library, or never when the connection ends before. */
    synchronized void measure(Consumer<Reception> then) {
        if (!closed) {
            connection.getStats(report -> Reception.of(report).ifPresent(then));
        }
    }

    /** Whether the two have met. */
    boolean isConnected() {
        return connected;
    }

    /** Whether the client has gone. */
    boolean isLost() {
        return lost;
    }

    VideoIntake intake() {
        return intake;
    }

    /** Ends it; for good, and once. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        intake.stop();
        outbox.clear();
        if (track != null) {
            track.removeSink(intake);
        }
        RTCDataChannel last = channel == null ? offered : channel;
        if (last != null) {
            last.unregisterObserver();
            last.close();
        }
        Library.close(connection);
        if (last != null) {
            try {
                last.dispose();
            } catch (Error e) {
                // It says so when the library itself holds the channel a moment longer; our reference is given up all
                // the same.
                LOG.debug("A channel outlives its connection: {}", e.getMessage());
            }
        }
    }

    private interface Step {
        void on(RTCPeerConnection connection);
    }

    private synchronized void call(Step step) throws Refused {
        if (closed) {
            throw new Refused("the connection is closed");
        }
        try {
            step.on(connection);
        } catch (RuntimeException | Error e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private static <T> T await(CompletableFuture<T> step) throws Refused {
        try {
            return step.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            throw new Refused("no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted");
        }
    }

    private static SetSessionDescriptionObserver done(CompletableFuture<Void> step) {
        return new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                step.complete(null);
            }

            @Override
            public void onFailure(String error) {
                step.completeExceptionally(new IllegalArgumentException(error));
            }
        };
    }

    private static CreateSessionDescriptionObserver made(CompletableFuture<RTCSessionDescription> step) {
        return new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                step.complete(description);
            }

            @Override
            public void onFailure(String error) {
                step.completeExceptionally(new IllegalArgumentException(error));
            }
        };
    }

    /** Called by the library's threads. */
    private final class Events implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            // The answer has them all.
            boolean relay = candidate.sdp.contains(" typ relay");
            if (relay || candidate.sdp.contains(" typ srflx")) {
                relayed |= relay;
                servers.answered(relay);
            }
        }

        @Override
        public void onIceGatheringChange(RTCIceGatheringState state) {
            if (state == RTCIceGatheringState.COMPLETE) {
                gathered.complete(null);
            }
        }

        @Override
        public void onConnectionChange(RTCPeerConnectionState state) {
            switch (state) {
                case CONNECTED -> connected = true;
                case FAILED, CLOSED -> lost = true;
                case NEW, CONNECTING, DISCONNECTED -> {
                    // The intake's silence tells, if it lasts.
                }
            }
        }

        @Override
        public void onDataChannel(RTCDataChannel opened) {
            if (offered == null && opened.getLabel().equals(CHANNEL)) {
                offered = opened;
            }
        }
    }
}
