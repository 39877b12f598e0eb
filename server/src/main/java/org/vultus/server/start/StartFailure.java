package org.vultus.server.start;

import java.net.BindException;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.vultus.onnx.ModelPackException;
import org.vultus.store.CannotStart;

/** What to tell a person whose server did not start. */
public record StartFailure(String problem, String remedy) {

    /** Finds the cause that a person can do something about; empty when there is none that is known. */
    public static Optional<StartFailure> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<StartFailure> known = switch (cause) {
                case StartException e -> Optional.of(new StartFailure(String.valueOf(e.getMessage()), e.remedy()));
                case CannotStart e -> Optional.of(new StartFailure(String.valueOf(e.getMessage()), ""));
                case PortInUseException e -> Optional.of(portInUse(e.getPort()));
                case ConnectorStartFailedException e -> Optional.of(portInUse(e.getPort()));
                case BindException e ->
                    Optional.of(new StartFailure(
                            "A port is in use by another program, perhaps by another Vultus.",
                            "Stop it, or choose other ports with --server.port=… and" + " --vultus.web.local-port=…"));
                case ModelPackException e ->
                    Optional.of(new StartFailure(
                            String.valueOf(e.getMessage()), "Another pack is named with --vultus.models.path=…"));
                case ConfigurationPropertiesBindException e ->
                    Optional.of(new StartFailure(
                            "The configuration is not valid: " + innermost(e), "Correct that property."));
                default -> Optional.empty();
            };
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private static StartFailure portInUse(int port) {
        return new StartFailure(
                "Port %d is in use by another program.".formatted(port),
                "Stop that program, or choose another port with --server.port=…"
                        + " (or --vultus.web.local-port=… for the local one).");
    }

    private static String innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }
}
