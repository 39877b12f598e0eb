package org.vultus.server.webrtc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a session description or of a part of one (RFC 8866, 5), and nothing that is none. */
final class SdpLines {
    /** An offer of a browser for one video is about 6 KB. */
    static final int MOST_BYTES = 32_768;

    private static final int MOST_LINES = 500;
    private static final int LONGEST_LINE = 1_000;

    private SdpLines() {}

    /** Lines of printable ASCII, each {@code x=value}. */
    static List<String> read(byte[] body) throws BadOffer {
        if (body.length > MOST_BYTES) {
            throw BadOffer.malformed("At most %d bytes are read.".formatted(MOST_BYTES));
        }
        for (byte b : body) {
            if ((b < ' ' || b > '~') && b != '\r' && b != '\n' && b != '\t') {
                throw BadOffer.malformed("A description is printable ASCII.");
            }
        }
        List<String> lines = new ArrayList<>();
        for (String line : new String(body, StandardCharsets.US_ASCII)
                .replace("\r\n", "\n")
                .split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() < 2
                    || line.charAt(1) != '='
                    || line.charAt(0) < 'a'
                    || line.charAt(0) > 'z'
                    || line.length() > LONGEST_LINE
                    || line.indexOf('\r') >= 0) {
                throw BadOffer.malformed("Line %d is not of a description.".formatted(lines.size() + 1));
            }
            lines.add(line);
            if (lines.size() > MOST_LINES) {
                throw BadOffer.malformed("At most %d lines are read.".formatted(MOST_LINES));
            }
        }
        return lines;
    }

    /** The name of an attribute: {@code mid} of {@code a=mid:0}; empty for other lines. */
    static String attribute(String line) {
        if (!line.startsWith("a=")) {
            return "";
        }
        int colon = line.indexOf(':');
        return colon < 0 ? line.substring(2) : line.substring(2, colon);
    }

    /** The value of an attribute; empty for one without. */
    static String value(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(colon + 1);
    }

    /** The value of the first attribute of that name. */
    static Optional<String> first(List<String> lines, String attribute) {
        return lines.stream()
                .filter(line -> attribute(line).equals(attribute))
                .map(SdpLines::value)
                .findFirst();
    }

    static String join(List<String> lines) {
        return String.join("\r\n", lines) + "\r\n";
    }
}
