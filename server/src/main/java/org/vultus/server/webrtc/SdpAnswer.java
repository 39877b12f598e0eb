package org.vultus.server.webrtc;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Our answer as the client gets it: no address of this machine but the one it is to send to.
 *
 * @param fingerprint of the certificate that the client will meet: hash and value, as in {@code a=fingerprint} (RFC 8122)
 */
record SdpAnswer(String text, String fingerprint) {
    /** Enough for 720p at 15 pictures a second, in kbit/s (RFC 8866, 5.8). */
    private static final int KILOBITS = 2_000;

    /** As many pictures a second as a script needs (RFC 8866, 6.12). */
    private static final int RATE = 10;

    /** What is looked at: more is cost without gain, less shows the face too small (RFC 6236). */
    private static final String SIZE = "a=imageattr:* recv [x=[640:16:1280],y=[480:16:1280]]";

    private static Optional<InetAddress> host(String line) {
        return Optional.of(line)
                .filter(candidate -> candidate.startsWith("a=candidate:"))
                .flatMap(candidate -> Candidate.read(candidate.substring(2)))
                .filter(candidate -> candidate.type().equals("host"))
                .map(Candidate::address);
    }

    /**
     * @param local what the library says, all candidates gathered
     * @param address that the client can reach
     */
    static SdpAnswer of(String local, InetAddress address) {
        List<String> out = new ArrayList<>();
        Set<String> told = new HashSet<>();
        boolean video = false;
        boolean bound = local.lines()
                .anyMatch(line -> host(line).filter(address::equals).isPresent());
        for (String line : local.split("\r?\n")) {
            if (line.startsWith("m=")) {
                told.clear();
                video = line.startsWith("m=video");
                out.add(line.replaceFirst(" \\d+ ", " 9 "));
            } else if (line.startsWith("c=")) {
                out.add("c=IN IP4 0.0.0.0");
                if (video) {
                    out.add("b=AS:" + KILOBITS);
                }
            } else if (line.startsWith("a=candidate:")) {
                Candidate.read(line.substring(2))
                        .filter(candidate -> !candidate.type().equals("host")
                                || (bound
                                        ? candidate.address().equals(address)
                                        : candidate.address().getClass() == address.getClass()))
                        .map(candidate -> candidate.type().equals("host") ? candidate.at(address) : candidate)
                        .filter(candidate -> told.add(candidate.type() + candidate.address() + candidate.port()))
                        .ifPresent(candidate -> out.add("a=" + candidate.text()));
            } else if (!line.startsWith("a=rtcp:")) {
                out.add(line);
                if (video && line.startsWith("a=mid:")) {
                    out.add("a=framerate:" + RATE);
                    out.add(SIZE);
                }
            }
        }
        return new SdpAnswer(
                SdpLines.join(out), SdpLines.first(out, "fingerprint").orElse(""));
    }
}
