package org.vultus.server.command;

import java.io.IOException;
import java.nio.file.Path;
import org.vultus.server.VultusServer;
import org.vultus.server.start.PreparedBeans;

/** {@code beans FILE}, what {@code ./vultus} does once after a build, before {@code prepare}: works out what the application consists of. */
final class Beans {
    private Beans() {}

    static int run(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: beans FILE");
            return 2;
        }
        try {
            PreparedBeans.write(VultusServer.class, Path.of(arguments[0]).toAbsolutePath());
            return 0;
        } catch (IOException | RuntimeException e) {
            System.err.println("vultus: " + e);
            return 1;
        }
    }
}
