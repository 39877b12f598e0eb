package org.vultus.store.keys;

import org.jspecify.annotations.Nullable;

/** Something sealed does not open: it was changed, moved to another row, or sealed with another key. */
public final class SealBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SealBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
