package org.vultus.server.webrtc;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Candidates that a client learned of after its offer (RFC 8840, 9; RFC 9725, 4.3.1).
 *
 * @param ufrag of the ICE session they belong to; empty when it does not say
 * @param candidates without {@code a=}
 */
record IceFragment(String ufrag, List<String> candidates) {
    private static final int MOST_CANDIDATES = 50;

    /** @param reachable which addresses are taken; others are left out */
    static IceFragment of(byte[] body, Predicate<InetAddress> reachable) throws BadOffer {
        List<String> lines = SdpLines.read(body);
        List<String> candidates = new ArrayList<>();
        for (String line : lines) {
            if (SdpLines.attribute(line).equals("candidate")) {
                Candidate.read(line.substring(2))
                        .filter(candidate -> reachable.test(candidate.address()))
                        .ifPresent(candidate -> candidates.add(candidate.text()));
            }
        }
        if (candidates.size() > MOST_CANDIDATES) {
            throw BadOffer.malformed("At most %d candidates are taken.".formatted(MOST_CANDIDATES));
        }
        return new IceFragment(SdpLines.first(lines, "ice-ufrag").orElse(""), candidates);
    }
}
