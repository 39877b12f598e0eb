package org.vultus.server.webrtc;

/** A description that is not taken, with what is wrong in words for whoever wrote the client. */
final class BadOffer extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean malformed;

    private BadOffer(boolean malformed, String message) {
        super(message);
        this.malformed = malformed;
    }

    /** It is no session description. */
    static BadOffer malformed(String message) {
        return new BadOffer(true, message);
    }

    /** It is one, for something that is not done here. */
    static BadOffer unusable(String message) {
        return new BadOffer(false, message);
    }

    boolean isMalformed() {
        return malformed;
    }
}
