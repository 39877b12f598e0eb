package org.vultus.server.webrtc;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address at which one side of a connection can be reached (RFC 8839, 5.1), by UDP and given as a literal: names are never
 * looked up for a stranger.
 *
 * @param type host, srflx, prflx or relay
 */
record Candidate(String foundation, long priority, InetAddress address, int port, String type) {
    private static final Pattern GRAMMAR = Pattern.compile(
            "candidate:([A-Za-z0-9+/]{1,32}) 1 (?i:udp) (\\d{1,10}) ([0-9A-Fa-f:.]{2,45}) (\\d{1,5}) typ (host|srflx|prflx|relay)( .*)?");

    /** @param attribute without {@code a=}; empty for TCP, a name, another component, or nonsense */
    static Optional<Candidate> read(String attribute) {
        Matcher matcher = GRAMMAR.matcher(attribute);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(4));
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(matcher.group(3));
            return Optional.of(
                    new Candidate(matcher.group(1), Long.parseLong(matcher.group(2)), address, port, matcher.group(5)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Candidate at(InetAddress elsewhere) {
        return new Candidate(foundation, priority, elsewhere, port, type);
    }

    /** Without the other addresses that a line may tell. */
    String text() {
        String related = type.equals("host") ? "" : " raddr 0.0.0.0 rport 0";
        return "candidate:%s 1 udp %d %s %d typ %s%s"
                .formatted(foundation, priority, address.getHostAddress(), port, type, related);
    }
}
