package org.vultus.biometrics.clip;

/** Why a clip cannot be used. Names are stable: they are part of the API. */
public enum ClipProblem {
    EMPTY("Send a clip with a picture in it, or single frames."),
    TOO_MANY_BYTES("Send a shorter or smaller clip, or single frames."),
    TOO_MANY_PIXELS("Record at 1080p or less, or send single frames."),
    TOO_FEW_PIXELS("Record at 640 by 480 pixels or more, or send single frames."),
    TOO_LONG("Send a shorter clip: two or three seconds are enough."),
    TOO_FEW_PICTURES("Record for a second or longer, or send single frames."),
    /** No container, codec or profile that is read here. */
    UNSUPPORTED("Record as H.264 or VP8 in MP4, MOV or WebM, or send single frames."),
    /** Recognised, but truncated or damaged. */
    CORRUPT("Record the clip again, or send single frames."),
    /** It would take longer to decode than somebody at a door waits. */
    TOO_COSTLY("Send a shorter clip, record at 720p, or send single frames.");

    private final String english;

    ClipProblem(String english) {
        this.english = english;
    }

    /** What the person should do: one English sentence. */
    public String english() {
        return english;
    }
}
