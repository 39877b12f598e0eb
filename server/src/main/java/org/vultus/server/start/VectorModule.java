package org.vultus.server.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.biometrics.simd.VectorApi;

/**
 * Loads the module of the Vector API into the running JVM, as the JDK itself does with the module of its management agent. Named on
 * the command line ({@code --add-modules}), an incubating module keeps the JVM from using much of what it kept of an earlier
 * start: the archived module graph, and with it linked classes and lambdas (ADR 0051). The
 * package is opened to us by the manifest of the server's jar; where it is not, and the module is missing, the plain loops run.
 */
public final class VectorModule {
    private static final Logger LOG = LoggerFactory.getLogger(VectorModule.class);

    private static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /** To be called before anything else: whether the module is there is asked once. */
    public static void load() {
        if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
            try {
                Class.forName("jdk.internal.module.Modules")
                        .getMethod("loadModule", String.class)
                        .invoke(null, NAME);
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.debug("The module {} was not loaded", NAME, e);
            }
        }
        if (!VectorApi.available()) {
            LOG.warn("This JVM has no module {}: faces are read and searched correctly, but slower.", NAME);
        }
    }
}
