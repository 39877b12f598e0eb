package org.vultus.server.start;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.onnx.PadHeadFile;
import org.vultus.onnx.RuntimeLibraries;
import org.vultus.store.database.EmbeddedDatabase;

/**
 * Starts what takes long and waits for nothing, the embedded database and the networks, on threads of their own while the
 * application is put together. What fails here is thrown where it is asked for; what was not asked for, because the start failed
 * elsewhere, is closed with the application.
 */
public final class EarlyStart implements ApplicationContextInitializer<ConfigurableApplicationContext>, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyStart.class);

    private static final Path NONE = Path.of("none");

    private @Nullable CompletableFuture<EmbeddedDatabase> database;
    private @Nullable CompletableFuture<FaceModels> models;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Binder binder = Binder.get(environment);
        Path data = binder.bind("vultus.data", Path.class).orElse(Path.of("data"));
        Path programs = binder.bind("vultus.programs", Path.class).orElse(data.resolve("programs"));
        if (environment.getProperty("spring.datasource.url", "none").equals("none")) {
            database = early("database", () -> EmbeddedDatabase.start(data, programs));
        }
        @Nullable Path pack = binder.bind("vultus.models.path", Path.class).orElse(null);
        @Nullable Path head = binder.bind("vultus.pad.head", Path.class).orElse(null);
        models = early("models", () -> {
            keepLibraries(programs);
            ModelPack named = pack == null ? ModelPack.bundled() : ModelPack.open(pack);
            FaceModels opened = open(named, head);
            // The first run of each network is slow; better now than before the first person.
            opened.runBare();
            return opened;
        });
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton("earlyStart", this);
        beans.registerDisposableBean("earlyStart", this);
    }

    private static void keepLibraries(Path programs) {
        try {
            RuntimeLibraries.keepIn(programs);
        } catch (UncheckedIOException e) {
            LOG.warn(
                    "The libraries that run the networks can't be kept in {} ({}), and are unpacked for this start only",
                    programs,
                    e.getMessage());
        }
    }

    /** @param head a file, the word {@code none} for the liveness network alone, or nothing for the pack's own head */
    private static FaceModels open(ModelPack pack, @Nullable Path head) {
        if (head == null) {
            return FaceModels.open(pack);
        }
        return head.equals(NONE)
                ? FaceModels.openWithoutHead(pack)
                : FaceModels.open(pack, PadHeadFile.read(head, pack));
    }

    /** @throws org.vultus.store.CannotStart when the database does not start */
    public EmbeddedDatabase database() {
        return await(database);
    }

    /** @throws org.vultus.onnx.ModelPackException when the models cannot be used */
    public FaceModels models() {
        return await(models);
    }

    /** What was handed out is closed by then, and closing it again does nothing. */
    @Override
    public void destroy() {
        close(models);
        close(database);
    }

    private static <T> CompletableFuture<T> early(String what, Supplier<T> start) {
        return CompletableFuture.supplyAsync(
                start,
                task -> Thread.ofPlatform().name("start-" + what).daemon().start(task));
    }

    private static <T> T await(@Nullable CompletableFuture<T> started) {
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void close(@Nullable CompletableFuture<? extends AutoCloseable> started) {
        if (started == null) {
            return;
        }
        try {
            AutoCloseable resource = started.exceptionally(failure -> null).join();
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            LOG.warn("What was started did not close: {}", e.getMessage());
        }
    }
}
