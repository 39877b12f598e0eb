package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vultus.server.config.VultusProperties.WebRtc;

class PeersTest {
    private static RTCConfiguration configured(@Nullable String stun, @Nullable String turn) {
        return Peers.configuration(new WebRtc(true, null, 50_000, 50_100, stun, turn, "vultus", "secret", 10));
    }

    @Test
    void asShippedNobodyElseIsAsked() {
        RTCConfiguration configuration = configured(null, null);
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
    void tenForEachProcessorUnlessSet() {
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(new WebRtc(true, null, 0, 0, null, null, "", "", 0).mostConnections())
                .isEqualTo(10 * processors);
        assertThat(new WebRtc(true, null, 0, 0, null, null, "", "", 7).mostConnections())
                .isEqualTo(7);
    }

    @Test
    void portsAreARangeAndThePasswordIsNotPrinted() {
        assertThatThrownBy(() -> new WebRtc(true, null, 5, 4, null, null, "", "", 1))
                .hasMessageContaining("ports from 5 to 4");
        assertThat(new WebRtc(true, null, 4, 5, null, "turn:a:1", "vultus", "secret", 1).toString())
                .doesNotContain("secret");
    }
}
