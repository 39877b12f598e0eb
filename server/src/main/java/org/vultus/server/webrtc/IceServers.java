package org.vultus.server.webrtc;

import dev.onvoid.webrtc.RTCIceServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.socket.VideoHealth;

/**
 * The STUN server and the relay (TURN) that are set: with what they are asked, and how they answered last, which decides how long the
 * next connection waits for them. Safe for several threads.
 */
final class IceServers {
    private static final Logger LOG = LoggerFactory.getLogger(IceServers.class);

    /** A server elsewhere answers in that time or is left out. The page gives up after three seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Of one that did not answer the last time. What is gathered on this machine is there in it; one that is back shows itself too. */
    private static final Duration IMPATIENCE = Duration.ofMillis(200);

    /** The relay's clock may be late. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private final VultusProperties.WebRtc settings;
    private volatile boolean late;
    private volatile VideoHealth.@Nullable Relay relay;

    IceServers(VultusProperties.WebRtc settings) {
        this.settings = settings;
        this.relay = hasRelay() ? new VideoHealth.Relay("UNUSED", isForClients(), null) : null;
    }

    boolean hasRelay() {
        return !settings.turn().isEmpty();
    }

    /** Whether clients are given accounts of the relay: such as end by themselves, because anybody can open a session. */
    boolean isForClients() {
        return hasRelay() && !settings.turnSecret().isEmpty();
    }

    /**
     * What this server asks: of the addresses of the relay the first.
     *
     * @param id names the account where they are made for each session
     */
    List<RTCIceServer> mine(UUID id, Instant until) {
        List<RTCIceServer> servers = new ArrayList<>();
        if (settings.stun() != null) {
            RTCIceServer server = new RTCIceServer();
            server.urls.add(settings.stun());
            servers.add(server);
        }
        if (hasRelay()) {
            Account account = account(id, until);
            RTCIceServer server = new RTCIceServer();
            server.urls.add(settings.turn().getFirst());
            server.username = account.username;
            server.password = account.password;
            servers.add(server);
        }
        return servers;
    }

    /** The relay as values of the header {@code Link} (RFC 9725, 4.6); empty when clients are given none. */
    List<String> links(UUID id, Instant until) {
        if (!isForClients()) {
            return List.of();
        }
        Account account = account(id, until);
        return settings.turn().stream()
                .map(url -> "<%s>; rel=\"ice-server\"; username=\"%s\"; credential=\"%s\"; credential-type=\"password\""
                        .formatted(url, account.username, account.password))
                .toList();
    }

    private record Account(String username, String password) {
        @Override
        public String toString() {
            return "Account[" + username + ", password hidden]";
        }
    }

    /** One that the relay takes until then (coturn's {@code use-auth-secret}, draft-uberti-behave-turn-rest-00), or the one that is set. */
    private Account account(UUID id, Instant until) {
        if (settings.turnSecret().isEmpty()) {
            return new Account(settings.turnUsername(), settings.turnPassword());
        }
        String username = until.plus(CLOCKS_DIFFER).getEpochSecond() + ":" + id;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(settings.turnSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return new Account(
                    username,
                    Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /** How long a connection waits for its candidates. */
    Duration patience() {
        return late ? IMPATIENCE : PATIENCE;
    }

    /** One of them gave an address. */
    void answered(boolean byRelay) {
        late = false;
        if (byRelay) {
            told(new VideoHealth.Relay("UP", isForClients(), null));
        }
    }

    /** Not all of them answered in time. */
    void wereLate() {
        late = true;
    }

    /** The relay was asked in vain. */
    void relayFailed(String reason) {
        told(new VideoHealth.Relay("DOWN", isForClients(), reason));
    }

    /** The relay's state for the health report; null when none is set. */
    VideoHealth.@Nullable Relay relay() {
        return relay;
    }

    private synchronized void told(VideoHealth.Relay now) {
        VideoHealth.Relay before = relay;
        relay = now;
        if (before != null && !before.status().equals(now.status())) {
            if (now.reason() == null) {
                LOG.info("The relay for live video answers");
            } else {
                LOG.warn("The relay for live video is of no use: {}", now.reason());
            }
        }
    }
}
