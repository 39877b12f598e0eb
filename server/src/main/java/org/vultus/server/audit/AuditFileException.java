package org.vultus.server.audit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A line of an export that is not what the format says. */
public final class AuditFileException extends IOException {
    private static final long serialVersionUID = 1;

    AuditFileException(long line, String problem, @Nullable Throwable cause) {
        super("line %d %s".formatted(line, problem), cause);
    }
}
