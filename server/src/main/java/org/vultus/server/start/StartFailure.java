package org.vultus.server.start;

import java.net.BindException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
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
                            "The configuration is not valid: " + wrong(e),
                            "Correct that property; docs/operations.md tells what each takes."));
                case OutOfMemoryError e -> outOf(String.valueOf(e.getMessage()));
                default -> Optional.empty();
            };
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    /** Of other memory there are other errors, which more of these would make worse. */
    private static Optional<StartFailure> outOf(String memory) {
        if (memory.equals("Java heap space")) {
            return Optional.of(new StartFailure(
                    "The server's heap does not suffice.", "Give it more: VULTUS_JAVA_OPTIONS=-Xmx2g ./vultus serve"));
        }
        // Of the JDK: "Cannot reserve 2344 bytes of direct buffer memory (allocated: …, limit: …)".
        if (memory.contains("direct buffer memory")) {
            return Optional.of(
                    new StartFailure(
                            "The memory that the server may take beside its heap does not suffice, most likely for everybody who is enrolled.",
                            "Give it more, 1.1 GB for a million people: VULTUS_JAVA_OPTIONS=-XX:MaxDirectMemorySize=32g ./vultus serve"));
        }
        return Optional.empty();
    }

    private static StartFailure portInUse(int port) {
        return new StartFailure(
                "Port %d is in use by another program.".formatted(port),
                "Stop that program, or choose another port with --server.port=…"
                        + " (or --vultus.web.local-port=… for the local one).");
    }

    /** Each property that is wrong by its name, and what is wrong with it. */
    private static String wrong(Throwable failure) {
        Throwable inner = failure;
        String property = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            inner = cause;
            if (cause instanceof BindValidationException invalid) {
                return invalid.getValidationErrors().getAllErrors().stream()
                        .map(StartFailure::rejected)
                        .collect(Collectors.joining("; "));
            }
            // The innermost is the property itself, those around it are the groups that it stands in.
            if (cause instanceof org.springframework.boot.context.properties.bind.BindException bind) {
                property = bind.getName().toString();
            }
        }
        String message = String.valueOf(inner.getMessage());
        return property.isEmpty() || message.startsWith("vultus.") ? message : property + ": " + message;
    }

    /** Without the validator's own words, which are in the machine's language. */
    private static String rejected(ObjectError error) {
        return error instanceof FieldError field
                ? "%s.%s cannot be %s"
                        .formatted(
                                field.getObjectName(),
                                DataObjectPropertyName.toDashedForm(field.getField()),
                                field.getRejectedValue())
                : String.valueOf(error.getDefaultMessage());
    }
}
