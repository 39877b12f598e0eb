package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpOfferTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");

    /** After what Chromium offers, shortened. */
    static final String OFFER = String.join(
                    "\r\n",
                    "v=0",
                    "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
                    "s=-",
                    "t=0 0",
                    "a=group:BUNDLE 0 1",
                    "a=extmap-allow-mixed",
                    "a=msid-semantic: WMS stream",
                    "m=video 54321 UDP/TLS/RTP/SAVPF 96 97 98 99 103 104 45",
                    "c=IN IP4 192.0.2.7",
                    "a=rtcp:9 IN IP4 0.0.0.0",
                    "a=candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host generation 0 network-id 1",
                    "a=candidate:2 1 udp 2122194687 10.0.0.1 54322 typ host generation 0 network-id 2",
                    "a=candidate:3 1 udp 2122194687 0fb1a2c3-1111-4222-8333-944444444444.local 54323 typ host",
                    "a=candidate:4 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active",
                    "a=ice-ufrag:EsAw",
                    "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
                    "a=ice-options:trickle",
                    "a=fingerprint:sha-256 " + "AB:".repeat(31) + "CD",
                    "a=setup:actpass",
                    "a=mid:0",
                    "a=extmap:1 urn:ietf:params:rtp-hdrext:toffset",
                    "a=extmap:3 urn:3gpp:video-orientation",
                    "a=extmap:12 https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
                    "a=sendonly",
                    "a=msid:stream track",
                    "a=rtcp-mux",
                    "a=rtcp-rsize",
                    "a=rtpmap:96 VP8/90000",
                    "a=rtcp-fb:96 nack pli",
                    "a=rtpmap:97 rtx/90000",
                    "a=fmtp:97 apt=96",
                    "a=rtpmap:98 VP9/90000",
                    "a=fmtp:98 profile-id=0",
                    "a=rtpmap:99 rtx/90000",
                    "a=fmtp:99 apt=98",
                    "a=rtpmap:103 H264/90000",
                    "a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
                    "a=rtpmap:104 rtx/90000",
                    "a=fmtp:104 apt=103",
                    "a=rtpmap:45 AV1/90000",
                    "a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6",
                    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                    "c=IN IP4 0.0.0.0",
                    "a=ice-ufrag:EsAw",
                    "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
                    "a=fingerprint:sha-256 " + "AB:".repeat(31) + "CD",
                    "a=setup:actpass",
                    "a=mid:1",
                    "a=sctp-port:5000",
                    "a=max-message-size:262144")
            + "\r\n";

    @Test
    void keepsWhatIsKnown() throws BadOffer {
        SdpOffer offer = of(OFFER);
        assertThat(offer.ufrag()).isEqualTo("EsAw");
        assertThat(offer.mids()).containsExactly("0", "1");
        assertThat(offer.text())
                .contains(
                        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104\r\n",
                        "a=rtpmap:96 VP8/90000",
                        "a=rtcp-fb:96 nack pli",
                        "a=fmtp:104 apt=103",
                        "a=extmap:3 urn:3gpp:video-orientation",
                        "a=sctp-port:5000")
                .doesNotContain("VP9", "AV1", "apt=98", "dependency-descriptor", "msid-semantic", "a=rtcp:");
    }

    @Test
    void takesCandidatesOnlyOfTheAddressThatAsks() throws BadOffer {
        assertThat(of(OFFER).text().lines().filter(line -> line.startsWith("a=candidate")))
                .containsExactly("a=candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host");
        assertThat(of(OFFER).text()).doesNotContain("10.0.0.1", ".local");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=0 | v=1 | true",
                "a=ice-ufrag:EsAw | a=ice-ufrag:E w | true",
                "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1 | a=ice-pwd:short | true",
                "a=fingerprint:sha-256 | a=fingerprint:md5 | true",
                "a=setup:actpass | a=setup:any | true",
                "a=mid:0 | a=mid:../0 | true",
                "a=sctp-port:5000 | a=sctp-port:x | false",
                "s=- | nonsense | true",
                "m=video 54321 | m=audio 54321 | false",
                "a=sendonly | a=recvonly | false",
                "a=rtcp-mux | a=x | false",
                "SAVPF 96 | AVPF 96 | false",
                "a=group:BUNDLE 0 1 | a=x | false",
                "webrtc-datachannel | 5000 | false",
                "H264/90000 | H265/90000 | kept",
            })
    void saysWhatIsWrong(String from, String to, String malformed) throws BadOffer {
        String changed = OFFER.replace(from, to);
        assertThat(changed).isNotEqualTo(OFFER);
        if (malformed.equals("kept")) {
            assertThat(of(changed).text()).contains("SAVPF 96 97\r\n");
            return;
        }
        assertThatThrownBy(() -> of(changed))
                .isInstanceOfSatisfying(
                        BadOffer.class,
                        bad -> assertThat(bad.isMalformed())
                                .as(bad.getMessage())
                                .isEqualTo(malformed.equals("true")));
    }

    @Test
    void wantsAKnownCodecOneVideoAndAChannel() {
        refuses(OFFER.replace("VP8", "VP7").replace("H264", "H265"), "Offer H.264 or VP8.");
        refuses(OFFER.substring(0, OFFER.indexOf("m=application")), "Offer one video and one data channel.");
        refuses(OFFER + OFFER.substring(OFFER.indexOf("m=video")), "Offer one video and one data channel.");
        refuses("", "The body is empty.");
        refuses("v=0\r\n" + "a=x\r\n".repeat(10_000), "At most 32768 bytes are read.");
        refuses("v=0\r\no=\u00e9\r\n", "A description is printable ASCII.");
        refuses("v=0\r\n" + "a=x\r\n".repeat(600), "At most 500 lines are read.");
    }

    /** Whatever is done to an offer: it is taken or refused, and what is taken has nothing in it that is not known. */
    @Property(tries = 3000, seed = "9725")
    void nothingElseComesOut(@ForAll long seed) {
        byte[] changed = mutated(seed);
        try {
            SdpOffer offer = SdpOffer.of(changed, CLIENT::equals);
            assertThat(offer.text()).matches("[ -~\r\n]*").hasSizeLessThan(2 * SdpLines.MOST_BYTES);
            assertThat(offer.text().lines().filter(line -> line.startsWith("m=")))
                    .hasSize(2);
            assertThat(offer.text().lines().filter(line -> line.startsWith("a=candidate")))
                    .allMatch(line -> line.contains(" 192.0.2.7 "));
        } catch (BadOffer refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    /** After what clients send by trickle ICE, of both families, with a relay, a name, TCP and another component. */
    private static final String FRAGMENT = String.join(
            "\r\n",
            "a=ice-ufrag:EsAw",
            "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
            "m=video 9 UDP/TLS/RTP/SAVPF 0",
            "a=mid:0",
            "a=candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host generation 0 ufrag EsAw network-id 1",
            "a=candidate:2 1 UDP 1686052607 192.0.2.7 54321 typ srflx raddr 10.0.0.1 rport 54321",
            "a=candidate:3 1 udp 41885695 2001:db8::7 50000 typ relay raddr 192.0.2.7 rport 1",
            "a=candidate:4 1 udp 1 ::ffff:192.0.2.7 1 typ prflx",
            "a=candidate:5 1 tcp 1 192.0.2.7 9 typ host tcptype active",
            "a=candidate:6 2 udp 9999999999 a.example 70000 typ host",
            "a=end-of-candidates");

    /** Whatever is done to a fragment: what is taken is a candidate of the client, and is read again as what was checked. */
    @Property(tries = 3000, seed = "8840")
    void nothingElseComesOutOfAFragment(@ForAll long seed) {
        try {
            IceFragment fragment = IceFragment.of(mutated(FRAGMENT, seed), CLIENT::equals);
            assertThat(fragment.candidates())
                    .allSatisfy(text -> assertThat(Candidate.read(text)).hasValueSatisfying(candidate -> {
                        assertThat(candidate.address()).isEqualTo(CLIENT);
                        assertThat(candidate.text()).isEqualTo(text);
                    }));
        } catch (BadOffer refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    static byte[] mutated(long seed) {
        return mutated(OFFER, seed);
    }

    /** A description with lines dropped, doubled, exchanged, cut or with other bytes in them. */
    private static byte[] mutated(String text, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n")));
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.add(lines.remove(at));
                case 3 ->
                    lines.set(
                            at,
                            lines.get(at)
                                    .substring(0, random.nextInt(lines.get(at).length() + 1)));
                default ->
                    lines.set(
                            at,
                            lines.get(at).replaceAll("\\d+", Long.toString(random.nextLong() >>> random.nextInt(64))));
            }
            if (lines.isEmpty()) {
                break;
            }
        }
        byte[] bytes = String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII);
        for (int change = random.nextInt(3); change > 0 && bytes.length > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static SdpOffer of(String text) throws BadOffer {
        return SdpOffer.of(text.getBytes(StandardCharsets.ISO_8859_1), CLIENT::equals);
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> of(text)).isInstanceOf(BadOffer.class).hasMessage(message);
    }
}
