package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vultus.server.config.VultusProperties.WebRtc;

class PeersTest {
    private static final UUID SESSION = UUID.fromString("0b5e8f46-7ad6-4b93-93b1-0d2f6cbbf6a1");
    private static final Instant UNTIL = Instant.ofEpochSecond(1_800_000_000);

    private static RTCConfiguration configured(@Nullable String stun, String... turn) {
        WebRtc settings = new WebRtc(true, null, 50_000, 50_100, stun, List.of(turn), "vultus", "secret", "", 10);
        return Peers.configuration(settings, new IceServers(settings).mine(SESSION, UNTIL), true);
    }

    private static WebRtc settings(String stun, String turn, String username, String secret) {
        return new WebRtc(true, null, 4, 5, stun, List.of(turn), username, username, secret, 1);
    }

    @Test
    void asShippedNobodyElseIsAsked() {
        RTCConfiguration configuration = configured(null);
        assertThat(configuration.iceServers).isEmpty();
        assertThat(configuration.portAllocatorConfig.isStunDisabled()).isTrue();
        assertThat(configuration.portAllocatorConfig.isRelayDisabled()).isTrue();
        assertThat(configuration.portAllocatorConfig.isTcpDisabled()).isTrue();
        assertThat(configuration.portAllocatorConfig.isAdapterEnumerationDisabled())
                .isTrue();
        assertThat(configuration.portAllocatorConfig.minPort).isEqualTo(50_000);
        assertThat(configuration.portAllocatorConfig.maxPort).isEqualTo(50_100);
    }

    @Test
    void aStunServerAndARelayAreUsedWhereTheyAreSet() {
        RTCConfiguration configuration = configured("stun:192.0.2.3:3478", "turn:192.0.2.4:3478");
        assertThat(configuration.portAllocatorConfig.isStunDisabled()).isFalse();
        assertThat(configuration.portAllocatorConfig.isRelayDisabled()).isFalse();
        assertThat(configuration.iceServers)
                .extracting(server -> server.urls.getFirst())
                .containsExactly("stun:192.0.2.3:3478", "turn:192.0.2.4:3478");
        RTCIceServer relay = configuration.iceServers.getLast();
        assertThat(relay.username).isEqualTo("vultus");
        assertThat(relay.password).isEqualTo("secret");
    }

    @Test
    void clientsAreGivenNoAccountThatLasts() {
        IceServers servers = new IceServers(settings("stun:a", "turn:b:1", "vultus", ""));
        assertThat(servers.isForClients()).isFalse();
        assertThat(servers.links(SESSION, UNTIL)).isEmpty();
    }

    /** The credential as computed by {@code printf %s USERNAME | openssl dgst -sha1 -hmac relay -binary | base64}. */
    @Test
    void accountsAreMadeFromTheSecretAndEndWithTheSession() {
        WebRtc settings = new WebRtc(true, null, 0, 0, null, List.of("turn:b:1", "turns:b"), "", "", "relay", 1);
        IceServers servers = new IceServers(settings);
        assertThat(servers.links(SESSION, UNTIL))
                .containsExactly(
                        "<turn:b:1>; rel=\"ice-server\"; username=\"1800000060:" + SESSION
                                + "\"; credential=\"boGouVrxJfkxnGvXeDIJnAuwfbg=\"; credential-type=\"password\"",
                        "<turns:b>; rel=\"ice-server\"; username=\"1800000060:" + SESSION
                                + "\"; credential=\"boGouVrxJfkxnGvXeDIJnAuwfbg=\"; credential-type=\"password\"");
        assertThat(servers.mine(SESSION, UNTIL)).singleElement().satisfies(server -> {
            assertThat(server.urls).containsExactly("turn:b:1");
            assertThat(server.password).isEqualTo("boGouVrxJfkxnGvXeDIJnAuwfbg=");
        });
    }

    @Test
    void whatIsNoAddressOfAServerIsRefusedAtTheStart() {
        for (String turn :
                List.of("b:1", "turn:b:1?transport=sctp", "turn://b", "turn:user@b:1", "turn:b:1 ", "stun:b:1")) {
            assertThatThrownBy(() -> settings("stun:a", turn, "", "relay")).hasMessageContaining(turn);
        }
        for (String stun : List.of("a:1", "turn:a:1", "stun:a?transport=tcp")) {
            assertThatThrownBy(() -> settings(stun, "turn:b", "", "relay")).hasMessageContaining(stun);
        }
        assertThatThrownBy(() -> settings("stun:a", "turn:b", "vultus", "relay"))
                .hasMessageContaining("not both");
        for (String turn :
                List.of("turn:b", "turns:b:443", "turn:[fd00::1]:3478?transport=tcp", "turn:192.0.2.1:3478")) {
            assertThat(settings("stun:a:3478", turn, "", "relay").turn()).containsExactly(turn);
        }
    }

    /** The native library takes none of these, and ends the process where it is asked to. */
    @Test
    void whatWouldEndTheProcessIsRefusedAtTheStart() {
        for (String port : List.of("0", "65536", "99999")) {
            assertThatThrownBy(() -> settings("stun:a", "turn:b:" + port, "", "relay"))
                    .hasMessageContaining("turn:b:" + port);
            assertThatThrownBy(() -> settings("stun:a:" + port, "turn:b", "", "relay"))
                    .hasMessageContaining("stun:a:" + port);
        }
        assertThat(settings("stun:a:65535", "turn:b:1", "", "relay").stun()).isEqualTo("stun:a:65535");
        assertThatThrownBy(() -> settings("stun:a", "turn:b", "", "")).hasMessageContaining("wants an account");
        assertThatThrownBy(() -> new WebRtc(true, null, 0, 0, null, List.of("turn:b"), "vultus", "", "", 1))
                .hasMessageContaining("wants an account");
        assertThatThrownBy(() -> new WebRtc(true, "video.example", 0, 0, null, List.of(), "", "", "", 1))
                .hasMessageContaining("video.example");
        assertThat(new WebRtc(true, "fd00::1", 0, 0, null, List.of(), "", "", "", 1).address())
                .isEqualTo("fd00::1");
    }

    /** Where there is no way to the Internet the library offers no address of its own unless it looks at the interfaces. */
    @Test
    void withoutAWayToTheInternetInterfacesAreLookedAt() {
        WebRtc settings = new WebRtc(true, null, 0, 0, null, List.of(), "", "", "", 1);
        assertThat(Peers.configuration(settings, List.of(), false)
                        .portAllocatorConfig
                        .isAdapterEnumerationDisabled())
                .isFalse();
    }

    @Test
    void tenForEachProcessorUnlessSet() {
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(new WebRtc(true, null, 0, 0, null, List.of(), "", "", "", 0).mostConnections())
                .isEqualTo(10 * processors);
        assertThat(new WebRtc(true, null, 0, 0, null, List.of(), "", "", "", 7).mostConnections())
                .isEqualTo(7);
    }

    @Test
    void portsAreARangeAndThePasswordIsNotPrinted() {
        assertThatThrownBy(() -> new WebRtc(true, null, 5, 4, null, List.of(), "", "", "", 1))
                .hasMessageContaining("not 5 to 4");
        assertThatThrownBy(() -> new WebRtc(true, null, 50_000, 70_000, null, List.of(), "", "", "", 1))
                .hasMessageContaining("not 50000 to 70000");
        assertThat(new WebRtc(true, null, 4, 5, null, List.of("turn:a:1"), "vultus", "secret", "", 1).toString())
                .doesNotContain("secret");
    }
}
