package org.vultus.server.command;

import java.io.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which server a command talks to, as whom. The password is never an argument, where other users of the machine could read it. */
final class ServerOptions {
    private final Function<String, char[]> password;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "The server (${DEFAULT-VALUE}).")
    private URI server = URI.create("http://localhost:8080");

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "admin",
            description = "Who you are (${DEFAULT-VALUE}). The password is asked for, or taken from VULTUS_PASSWORD.")
    private String user = "admin";

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description =
                    "The certificate to trust, PEM, where the server made its own: certificate.pem in its data folder.")
    private Optional<Path> certificate = Optional.empty();

    ServerOptions() {
        this(ServerOptions::password);
    }

    /** @param password gives the password; the argument is what to ask for it */
    ServerOptions(Function<String, char[]> password) {
        this.password = password;
    }

    /** Signs in. */
    ServerConnection connect() throws IOException {
        requireSafe();
        ServerConnection connection = new ServerConnection(
                server,
                user,
                password.apply("Password of %s at %s: ".formatted(user, server)),
                certificate,
                Clock.systemUTC());
        connection.signIn();
        return connection;
    }

    private void requireSafe() throws IOException {
        String scheme = Objects.requireNonNullElse(server.getScheme(), "");
        String host = server.getHost();
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw CommandFailure.usage(
                    "--server is the address of a server, such as https://vultus.hospital.example:8443");
        }
        if (scheme.equals("http") && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw CommandFailure.usage(
                    "http would send the password and the photos across the network for all to read; use https");
        }
    }

    private static char[] password(String prompt) {
        String fromEnvironment = System.getenv("VULTUS_PASSWORD");
        if (fromEnvironment != null) {
            return fromEnvironment.toCharArray();
        }
        Console console = System.console();
        char[] typed = console == null || !console.isTerminal() ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw CommandFailure.usage("there is no console to ask for the password; set VULTUS_PASSWORD");
        }
        return typed;
    }
}
