package org.vultus.biometrics.clip;

import org.jcodec.common.logging.Logger;

/** JCodec writes what it thinks of a stranger's clip to the console, unless somebody else listens. */
final class Quiet {
    static {
        Logger.addSink(_ -> {});
    }

    private Quiet() {}

    /** Nobody hears it from now on. */
    static void jcodec() {
        // Loading this class does it, once.
    }
}
