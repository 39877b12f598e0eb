package org.vultus.server.webrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Map;
import java.util.Optional;

/**
 * How a video has come in so far, by the library's count (W3C "Identifiers for WebRTC's Statistics API", inbound-rtp).
 *
 * @param bytes of the video, without headers
 * @param packets that arrived
 * @param lost packets that did not; those that were sent once more and came are not counted
 * @param jitterSeconds how unevenly they come (RFC 3550, 6.4.1)
 */
record Reception(long bytes, long packets, long lost, double jitterSeconds) {
    static final Reception NONE = new Reception(0, 0, 0, 0);

    /** Empty before the first packet. */
    static Optional<Reception> of(RTCStatsReport report) {
        return report.getStats().values().stream()
                .filter(stats -> stats.getType() == RTCStatsType.INBOUND_RTP)
                .map(RTCStats::getAttributes)
                .filter(values -> "video".equals(values.get("kind")))
                .map(values -> new Reception(
                        (long) number(values, "bytesReceived"),
                        (long) number(values, "packetsReceived"),
                        (long) number(values, "packetsLost"),
                        number(values, "jitter")))
                .findFirst();
    }

    private static double number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : 0;
    }
}
