package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SdpAnswerTest {
    private static final String LOCAL = String.join(
            "\r\n",
            "v=0",
            "o=- 1 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "m=video 40001 UDP/TLS/RTP/SAVPF 96",
            "c=IN IP4 10.9.9.9",
            "a=rtcp:40001 IN IP4 10.9.9.9",
            "a=candidate:1 1 udp 2122260223 10.9.9.9 40001 typ host generation 0 network-id 1",
            "a=candidate:2 1 udp 2122260222 fd00::9 40002 typ host generation 0 network-id 1",
            "a=candidate:3 1 udp 1686052607 203.0.113.5 40001 typ srflx raddr 10.9.9.9 rport 40001 generation 0",
            "a=fingerprint:sha-256 AB:CD",
            "a=recvonly",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "c=IN IP4 0.0.0.0");

    @Test
    void namesOneAddressOfThisMachine() {
        SdpAnswer answer = SdpAnswer.of(LOCAL, InetAddress.ofLiteral("192.0.2.1"));
        assertThat(answer.text()).doesNotContain("10.9.9.9", "fd00").contains("m=video 9 ", "\r\nb=AS:");
        assertThat(answer.text().lines().filter(line -> line.startsWith("a=candidate")))
                .containsExactly(
                        "a=candidate:1 1 udp 2122260223 192.0.2.1 40001 typ host",
                        "a=candidate:3 1 udp 1686052607 203.0.113.5 40001 typ srflx raddr 0.0.0.0 rport 0");
        assertThat(answer.fingerprint()).isEqualTo("sha-256 AB:CD");
    }

    /** With a socket for each interface, the one that has the address. */
    @Test
    void ofSeveralInterfacesTheOneThatIsAsked() {
        String more = LOCAL.replace(
                "a=fingerprint",
                "a=candidate:4 1 udp 2122260221 10.8.8.8 40003 typ host generation 0\r\na=fingerprint");
        assertThat(SdpAnswer.of(more, InetAddress.ofLiteral("10.8.8.8"))
                        .text()
                        .lines()
                        .filter(line -> line.contains("typ host")))
                .containsExactly("a=candidate:4 1 udp 2122260221 10.8.8.8 40003 typ host");
        assertThat(SdpAnswer.of(more, InetAddress.ofLiteral("192.0.2.1"))
                        .text()
                        .lines()
                        .filter(line -> line.contains("typ host")))
                .containsExactly(
                        "a=candidate:1 1 udp 2122260223 192.0.2.1 40001 typ host",
                        "a=candidate:4 1 udp 2122260221 192.0.2.1 40003 typ host");
    }

    @Test
    void asksForARateAndASize() {
        assertThat(SdpAnswer.of(
                                LOCAL.replace("a=recvonly", "a=mid:0\r\na=recvonly"),
                                InetAddress.ofLiteral("192.0.2.1"))
                        .text())
                .contains("\r\nb=AS:2000\r\n", "\r\na=framerate:10\r\na=imageattr:* recv [x=[");
    }

    @Test
    void keepsToTheFamilyOfTheAddress() {
        assertThat(SdpAnswer.of(LOCAL, InetAddress.ofLiteral("fd00::1"))
                        .text()
                        .lines()
                        .filter(line -> line.contains("typ host")))
                .containsExactly("a=candidate:2 1 udp 2122260222 fd00:0:0:0:0:0:0:1 40002 typ host");
    }

    @Test
    void aFragmentGivesCandidatesOfTheAddressThatAsks() throws BadOffer {
        String body = "a=ice-ufrag:EsAw\r\nm=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
                + "a=candidate:1 1 udp 5 192.0.2.7 5000 typ host\r\na=candidate:2 1 udp 5 192.0.2.8 5000 typ host\r\n"
                + "a=candidate:3 1 udp 5 internal.example 5000 typ host\r\na=end-of-candidates\r\n";
        IceFragment fragment =
                IceFragment.of(body.getBytes(StandardCharsets.US_ASCII), InetAddress.ofLiteral("192.0.2.7")::equals);
        assertThat(fragment.ufrag()).isEqualTo("EsAw");
        assertThat(fragment.candidates()).containsExactly("candidate:1 1 udp 5 192.0.2.7 5000 typ host");
    }

    /** With a relay: its address is told as it is, and neither whom it relays for nor a second time. */
    @Test
    void aRelayIsToldWithoutWhatIsBehindIt() {
        String relay =
                "a=candidate:4 1 udp 41885439 198.51.100.9 50000 typ relay raddr 203.0.113.5 rport 40001 generation 0";
        SdpAnswer answer = SdpAnswer.of(
                LOCAL.replace("a=fingerprint", relay + "\r\n" + relay + "\r\na=fingerprint"),
                InetAddress.ofLiteral("192.0.2.1"));
        assertThat(answer.text().lines().filter(line -> line.contains("typ relay")))
                .containsExactly("a=candidate:4 1 udp 41885439 198.51.100.9 50000 typ relay raddr 0.0.0.0 rport 0");
        assertThat(answer.text().lines().filter(line -> line.startsWith("a=candidate")))
                .hasSize(3);
    }

    /** A client behind a relay says addresses that are not the one it asks from. */
    @Test
    void withARelayACandidateOfAnotherAddressIsTaken() throws BadOffer {
        String body = "a=candidate:1 1 udp 5 198.51.100.9 5000 typ relay raddr 10.0.0.7 rport 4000\r\n"
                + "a=candidate:2 1 udp 5 203.0.113.8 5001 typ srflx raddr 10.0.0.7 rport 4000\r\n";
        assertThat(IceFragment.of(body.getBytes(StandardCharsets.US_ASCII), anybody -> true)
                        .candidates())
                .containsExactly(
                        "candidate:1 1 udp 5 198.51.100.9 5000 typ relay raddr 0.0.0.0 rport 0",
                        "candidate:2 1 udp 5 203.0.113.8 5001 typ srflx raddr 0.0.0.0 rport 0");
        assertThat(IceFragment.of(body.getBytes(StandardCharsets.US_ASCII), InetAddress.ofLiteral("192.0.2.7")::equals)
                        .candidates())
                .isEmpty();
    }
}
