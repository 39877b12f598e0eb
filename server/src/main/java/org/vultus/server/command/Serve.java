package org.vultus.server.command;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.server.VultusServer;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.gallery.GalleryHealth;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.start.FirstAdministrator;
import org.vultus.server.start.GeneratedCertificate;
import org.vultus.server.start.Rehearsal;
import org.vultus.server.start.StartFailure;
import org.vultus.server.start.VectorModule;
import org.vultus.server.token.TokenKeys;

/** {@code vultus serve}: starts the server and says where it is. */
final class Serve {
    private static final Set<String> HELP = Set.of("help", "-h", "--help");

    private Serve() {}

    static int run(String[] arguments) {
        if (arguments.length > 0 && HELP.contains(arguments[0])) {
            System.out.print("""
                    usage: ./vultus serve [--PROPERTY=VALUE…]

                    Starts the server. On the first start it prints a one-time password for the user admin.

                      --vultus.data=DIR              where the embedded database, the keys and the certificate lie (./data)
                      --server.port=N                HTTPS for the network (8443)
                      --vultus.web.local-port=N      HTTP for this machine alone (8080); -1 for none
                      --vultus.web.certificate=FILE --vultus.web.certificate-key=FILE   a certificate of your own, PEM
                      --vultus.models.path=DIR       another model pack
                      --vultus.issuer=URL            what tokens name as their issuer
                      --vultus.gallery.kind=qdrant   search faces in a Qdrant (vultus.gallery.qdrant.…) instead of in memory
                      --spring.datasource.url=jdbc:postgresql://…   a PostgreSQL of your own, 15 or later
                    """);
            return 0;
        }
        List<String> unknown = CommandLineSettings.unknown(arguments);
        if (!unknown.isEmpty()) {
            System.err.println("vultus: There is no setting " + String.join(", ", unknown) + ".");
            System.err.println("vultus: docs/operations.md lists those that there are.");
            return 1;
        }
        VectorModule.load();
        ConfigurableApplicationContext context;
        try {
            context = VultusServer.application().run(arguments);
        } catch (RuntimeException e) {
            Optional<StartFailure> known = StartFailure.of(e);
            if (known.isEmpty()) {
                throw e;
            }
            System.err.println("vultus: " + known.get().problem());
            if (!known.get().remedy().isBlank()) {
                System.err.println("vultus: " + known.get().remedy());
            }
            return 1;
        }
        announce(context);
        // Two large primes take a second to find; nobody signs in before there is a person.
        Thread.ofPlatform().name("first-token-key").daemon().start(context.getBean(TokenKeys.class)::ready);
        new Rehearsal(context.getBean(FaceEngine.class), context.getBean(InferencePool.class)).begin();
        return 0;
    }

    private static void announce(ConfigurableApplicationContext context) {
        VultusProperties properties = context.getBean(VultusProperties.class);
        Optional<String> password = context.getBean(FirstAdministrator.class).create();
        System.out.println();
        System.out.println("Vultus is ready.");
        int local = properties.web().localPort();
        if (local > 0) {
            System.out.println("  on this machine   http://localhost:" + local + "/");
        }
        if (context instanceof ServletWebServerApplicationContext web) {
            int port = Objects.requireNonNull(web.getWebServer()).getPort();
            for (String host : hosts()) {
                System.out.println("  on the network    https://" + host + ":" + port + "/");
            }
        }
        System.out.println(
                "  faces are searched " + context.getBean(GalleryHealth.class).describe());
        password.ifPresent(secret -> {
            System.out.println();
            System.out.println("  Sign in at /console as user  " + FirstAdministrator.USERNAME);
            System.out.println("  with the password            " + secret);
            System.out.println("  It serves once, to choose your own. It will not be shown again.");
        });
        System.out.println();
        System.out.println("  /console   people, departments, attendance, audit trail, system");
        System.out.println("  /enrol     guided enrolment");
        System.out.println("  /privacy   what is kept of oneself, for everybody");
        System.out.println();
        System.out.flush();
    }

    private static Iterable<String> hosts() {
        try {
            return GeneratedCertificate.addresses().stream()
                    .filter(address -> !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (IOException e) {
            return Set.of("localhost");
        }
    }
}
