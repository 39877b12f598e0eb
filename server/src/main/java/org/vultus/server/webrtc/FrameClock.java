package org.vultus.server.webrtc;

import java.time.Duration;

/**
 * Tells when the pictures of one video were taken, by this machine's clock: the sender stamps them by its own (RTP, RFC 3550, 5.1),
 * the library turns stamps into times, and the picture that came fastest tells how the two clocks stand. What a network holds up is
 * then not taken for what a person does slowly. A sender who lies can make a picture {@link #MOST} older than it is, and never
 * younger. For one thread at a time.
 */
final class FrameClock {
    /** Wi-Fi holds packets up by a few dozen milliseconds, a retransmission by one or two round trips; more is another clock. */
    static final Duration MOST = Duration.ofMillis(400);

    private boolean begun;
    private long lead;

    /**
     * How much longer this picture was on its way than the fastest.
     *
     * @param stamp when it was taken by any clock that runs evenly, in nanoseconds
     * @param arrived now, by {@link System#nanoTime()}
     */
    Duration onItsWay(long stamp, long arrived) {
        long ahead = stamp - arrived;
        if (!begun || ahead > lead || lead - ahead > MOST.toNanos()) {
            begun = true;
            lead = ahead;
        }
        return Duration.ofNanos(lead - ahead);
    }
}
