package org.vultus.server.webrtc;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An offer of one video, sent to us, and one data channel (RFC 9725, 4.2; RFC 8866), written anew from the lines that are known
 * here. The library's parser, which is not ours and not in Java, sees nothing else of what a stranger sent.
 *
 * @param text for the library
 * @param ufrag names the ICE session of the client
 * @param mids of the two media, in order
 */
record SdpOffer(String text, String ufrag, List<String> mids) {
    private static final Set<String> OF_SESSION =
            Set.of("group", "extmap-allow-mixed", "ice-options", "fingerprint", "setup", "ice-ufrag", "ice-pwd");
    private static final Set<String> OF_BOTH = Set.of(
            "mid", "ice-options", "fingerprint", "setup", "ice-ufrag", "ice-pwd", "candidate", "end-of-candidates");
    private static final Set<String> OF_VIDEO =
            Set.of("rtcp-mux", "rtcp-rsize", "rtpmap", "fmtp", "rtcp-fb", "ssrc", "ssrc-group", "msid", "extmap");
    private static final Set<String> OF_CHANNEL = Set.of("sctp-port", "max-message-size");

    /** What browsers need for timing and turning; other extensions are not negotiated. */
    private static final Set<String> EXTENSIONS = Set.of(
            "urn:3gpp:video-orientation",
            "urn:ietf:params:rtp-hdrext:sdes:mid",
            "urn:ietf:params:rtp-hdrext:toffset",
            "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01");

    private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");
    private static final Pattern FINGERPRINT =
            Pattern.compile("(?i:sha-(256|384|512)) ([0-9A-Fa-f]{2}:)+[0-9A-Fa-f]{2}");
    private static final Pattern MID = Pattern.compile("[A-Za-z0-9]{1,16}");
    private static final Pattern SETUP = Pattern.compile("actpass|active|passive");
    private static final Pattern GROUP = Pattern.compile("BUNDLE( [A-Za-z0-9]{1,16}){2}");
    private static final Pattern VIDEO = Pattern.compile("m=video \\d{1,5} UDP/TLS/RTP/SAVPF( \\d{1,3}){1,100}");
    private static final Pattern CHANNEL =
            Pattern.compile("m=application \\d{1,5} (UDP/)?DTLS/SCTP webrtc-datachannel");
    private static final Pattern OF_FORMAT = Pattern.compile("(\\d{1,3}|\\*) [ -~]{1,400}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** @param reachable which addresses of candidates are taken; others are left out */
    static SdpOffer of(byte[] body, Predicate<InetAddress> reachable) throws BadOffer {
        List<List<String>> sections = sections(SdpLines.read(body));
        List<String> head = sections.getFirst();
        if (!head.getFirst().equals("v=0")
                || head.size() < 4
                || !head.get(1).startsWith("o=")
                || !head.get(2).startsWith("s=")) {
            throw BadOffer.malformed("A description begins with v=0, o= and s=.");
        }
        List<String> out = new ArrayList<>(List.of("v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0"));
        keep(head, OF_SESSION, reachable, out);
        List<String> mids = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        String ufrag = "";
        for (List<String> media : sections.subList(1, sections.size())) {
            String kind = media.getFirst().substring(0, media.getFirst().indexOf(' ') + 1);
            if (!kinds.add(kind)) {
                throw BadOffer.unusable("Offer one video and one data channel.");
            }
            switch (kind) {
                case "m=video " -> video(media, reachable, out);
                case "m=application " -> channel(media, reachable, out);
                default -> throw BadOffer.unusable("Offer a video and a data channel, and nothing else: no audio.");
            }
            mids.add(required(media, head, "mid", MID));
            ufrag = required(media, head, "ice-ufrag", UFRAG);
            required(media, head, "ice-pwd", PASSWORD);
            required(media, head, "fingerprint", FINGERPRINT);
            required(media, head, "setup", SETUP);
        }
        if (mids.size() != 2) {
            throw BadOffer.unusable("Offer one video and one data channel.");
        }
        String group = SdpLines.first(head, "group").orElse("");
        if (!group.equals("BUNDLE " + mids.get(0) + ' ' + mids.get(1))) {
            throw BadOffer.unusable("Bundle the video and the data channel.");
        }
        return new SdpOffer(SdpLines.join(out), ufrag, List.copyOf(mids));
    }

    private static List<List<String>> sections(List<String> lines) throws BadOffer {
        if (lines.isEmpty()) {
            throw BadOffer.malformed("The body is empty.");
        }
        List<List<String>> sections = new ArrayList<>();
        sections.add(new ArrayList<>());
        for (String line : lines) {
            if (line.startsWith("m=")) {
                if (line.indexOf(' ') < 0) {
                    throw BadOffer.malformed("A medium has no port.");
                }
                sections.add(new ArrayList<>());
            }
            sections.getLast().add(line);
        }
        if (sections.getFirst().isEmpty()) {
            throw BadOffer.malformed("A description begins with v=0, o= and s=.");
        }
        return sections;
    }

    private static void video(List<String> media, Predicate<InetAddress> reachable, List<String> out) throws BadOffer {
        if (!VIDEO.matcher(media.getFirst()).matches()) {
            throw BadOffer.unusable("Offer video by UDP/TLS/RTP/SAVPF.");
        }
        if (media.contains("a=recvonly") || media.contains("a=inactive")) {
            throw BadOffer.unusable("Offer to send the video.");
        }
        if (!media.contains("a=rtcp-mux")) {
            throw BadOffer.unusable("Offer rtcp-mux.");
        }
        Set<String> taken = payloads(media);
        if (taken.isEmpty()) {
            throw BadOffer.unusable("Offer H.264 or VP8.");
        }
        List<String> formats = new ArrayList<>(List.of(media.getFirst().split(" ")));
        formats.subList(0, 3).clear();
        formats.retainAll(taken);
        out.add("m=video 9 UDP/TLS/RTP/SAVPF " + String.join(" ", formats));
        out.add("c=IN IP4 0.0.0.0");
        out.add("a=sendonly");
        List<String> known = new ArrayList<>();
        keep(media, OF_VIDEO, reachable, known);
        for (String line : known) {
            if (belongs(line, taken)) {
                out.add(line);
            }
        }
        keep(media, OF_BOTH, reachable, out);
    }

    /** The payload types of H.264 and VP8, and of their retransmission. */
    private static Set<String> payloads(List<String> media) {
        Set<String> taken = new HashSet<>();
        Set<String> again = new HashSet<>();
        for (String line : media) {
            String[] map = SdpLines.value(line).split(" ", 2);
            if (SdpLines.attribute(line).equals("rtpmap") && map.length == 2) {
                switch (map[1]) {
                    case "H264/90000", "VP8/90000" -> taken.add(map[0]);
                    case "rtx/90000" -> again.add(map[0]);
                    default -> {}
                }
            }
        }
        Set<String> both = new HashSet<>(taken);
        for (String line : media) {
            String[] format = SdpLines.value(line).split(" ", 2);
            if (SdpLines.attribute(line).equals("fmtp")
                    && format.length == 2
                    && again.contains(format[0])
                    && format[1].startsWith("apt=")
                    && taken.contains(format[1].substring(4))) {
                both.add(format[0]);
            }
        }
        return both;
    }

    private static boolean belongs(String line, Set<String> payloads) {
        String value = SdpLines.value(line);
        return switch (SdpLines.attribute(line)) {
            case "rtpmap", "fmtp" ->
                OF_FORMAT.matcher(value).matches() && payloads.contains(value.substring(0, value.indexOf(' ')));
            case "rtcp-fb" ->
                OF_FORMAT.matcher(value).matches()
                        && (value.startsWith("* ") || payloads.contains(value.substring(0, value.indexOf(' '))));
            case "extmap" -> {
                String[] extension = value.split(" ", 2);
                yield extension.length == 2
                        && EXTENSIONS.contains(extension[1])
                        && extension[0].matches("([1-9]|1[0-4])(/sendonly|/sendrecv)?");
            }
            default -> true;
        };
    }

    private static void channel(List<String> media, Predicate<InetAddress> reachable, List<String> out)
            throws BadOffer {
        if (!CHANNEL.matcher(media.getFirst()).matches()) {
            throw BadOffer.unusable("Offer a data channel by UDP/DTLS/SCTP.");
        }
        if (!NUMBER.matcher(SdpLines.first(media, "sctp-port").orElse("")).matches()) {
            throw BadOffer.unusable("Say the data channel's sctp-port.");
        }
        out.add("m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
        out.add("c=IN IP4 0.0.0.0");
        keep(media, OF_CHANNEL, reachable, out);
        keep(media, OF_BOTH, reachable, out);
    }

    private static void keep(List<String> lines, Set<String> names, Predicate<InetAddress> reachable, List<String> out)
            throws BadOffer {
        for (String line : lines) {
            String name = SdpLines.attribute(line);
            if (!names.contains(name)) {
                continue;
            }
            if (name.equals("candidate")) {
                Candidate.read(line.substring(2))
                        .filter(candidate -> reachable.test(candidate.address()))
                        .ifPresent(candidate -> out.add("a=" + candidate.text()));
            } else {
                check(name, SdpLines.value(line));
                out.add(line);
            }
        }
    }

    private static void check(String name, String value) throws BadOffer {
        Optional<Pattern> grammar = Optional.ofNullable(
                switch (name) {
                    case "group" -> GROUP;
                    case "mid" -> MID;
                    case "ice-ufrag" -> UFRAG;
                    case "ice-pwd" -> PASSWORD;
                    case "fingerprint" -> FINGERPRINT;
                    case "setup" -> SETUP;
                    case "sctp-port", "max-message-size" -> NUMBER;
                    default -> null;
                });
        if (grammar.isPresent() && !grammar.get().matcher(value).matches()) {
            throw BadOffer.malformed("The value of a=%s is not right.".formatted(name));
        }
    }

    private static String required(List<String> media, List<String> head, String name, Pattern grammar)
            throws BadOffer {
        String value = SdpLines.first(media, name)
                .or(() -> SdpLines.first(head, name))
                .orElseThrow(() -> BadOffer.malformed("There is no a=%s.".formatted(name)));
        if (!grammar.matcher(value).matches()) {
            throw BadOffer.malformed("The value of a=%s is not right.".formatted(name));
        }
        return value;
    }
}
