package org.vultus.server.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.server.VultusServer;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.start.FirstAdministrator;
import org.vultus.server.start.Rehearsal;
import org.vultus.store.database.PreparedCluster;
import org.vultus.store.schema.Schema;

/**
 * {@code prepare FOLDER}, what {@code ./vultus} does once after a build: unpacks the programs of the embedded database, makes an
 * empty cluster that new sites begin with, lays a copy of it beside it, and goes through a whole start on a data folder that is thrown
 * away, so that a JVM told to ({@code -XX:AOTCacheOutput}) writes down what a start needs.
 */
final class Prepare {
    /** What a first visitor asks for; served from classes that the next start then finds loaded. */
    private static final List<String> PAGES =
            List.of("/", "/sign-in", "/face-auth/health", "/.well-known/openid-configuration", "/oauth2/jwks");

    private Prepare() {}

    static int run(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: prepare FOLDER");
            return 2;
        }
        try {
            Path programs = Path.of(arguments[0]).toAbsolutePath();
            PreparedCluster.make(programs, Schema::migrate);
            Path data = Files.createTempDirectory("vultus-prepare");
            try (ConfigurableApplicationContext context = VultusServer.application()
                    .run(
                            "--vultus.data=" + data,
                            "--vultus.programs=" + programs,
                            "--server.port=0",
                            "--vultus.web.local-port=" + freePort())) {
                String password =
                        context.getBean(FirstAdministrator.class).create().orElseThrow();
                URI server = URI.create(
                        "http://localhost:" + context.getEnvironment().getRequiredProperty("vultus.web.local-port"));
                visit(server);
                new Rehearsal(context.getBean(FaceEngine.class), context.getBean(InferencePool.class)).play();
                FirstVisitors visitors = new FirstVisitors(server, FirstAdministrator.DEPARTMENT, Rehearsal.drawing());
                visitors.administrator(FirstAdministrator.USERNAME, password);
                visitors.cameras(FirstAdministrator.USERNAME);
            } finally {
                FileSystemUtils.deleteRecursively(data);
            }
            // After that start, which would have taken it.
            PreparedCluster.makeSpare(programs);
            return 0;
        } catch (IOException | RuntimeException e) {
            System.err.println("vultus: " + e);
            return 1;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void visit(URI server) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String page : PAGES) {
                http.send(HttpRequest.newBuilder(server.resolve(page)).build(), HttpResponse.BodyHandlers.discarding());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
