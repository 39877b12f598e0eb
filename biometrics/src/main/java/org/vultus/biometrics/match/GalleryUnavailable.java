package org.vultus.biometrics.match;

/** References that lie outside of this process cannot be reached for now. Nothing was found, and nothing is known of who is there. */
public final class GalleryUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what did not answer and how, for the administrator; holds nothing secret */
    public GalleryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public GalleryUnavailable(String message) {
        super(message);
    }
}
