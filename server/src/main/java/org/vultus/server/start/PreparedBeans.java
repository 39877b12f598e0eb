package org.vultus.server.start;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * What the application consists of, worked out after the build and not at every start: Spring's ahead-of-time processing, which turns the
 * search for beans and the conditions on which they exist into code.
 *
 * <p>Such code is right for the settings it was made with. So it is made without any, and used ({@code spring.aot.enabled}, which
 * {@code ./vultus serve} sets) only where no setting is given on which a bean's existence may depend; a start with such a setting works
 * the beans out, and takes longer.
 */
public final class PreparedBeans implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(PreparedBeans.class);

    /** Of our own; all of the frameworks' count, for what depends on those is not ours to know. */
    private static final Set<String> DECISIVE = Set.of("vultus.gallery.kind", "vultus.payroll.certificate");

    private static final List<String> FRAMEWORKS = List.of("spring.", "server.", "management.", "springdoc.");

    /** Of those, what no condition asks for; some of it Spring itself sets. */
    private static final Set<String> HARMLESS = Set.of(
            "server.port",
            "spring.aot.enabled",
            "spring.aot.processing",
            "spring.application.json",
            "spring.application.name",
            "spring.application.pid",
            "spring.application.version");

    /** Where the file with our own defaults comes from; a site's own files lie in folders. */
    private static final String SHIPPED = "Config resource 'class path resource";

    /** For the application that is about to run. */
    public PreparedBeans() {}

    /** @throws IllegalStateException when beans are being worked out and some setting is given that decides on them */
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Optional<String> decisive = decisive(event.getEnvironment());
        if (working()) {
            decisive.ifPresent(name -> {
                throw new IllegalStateException("not prepared: the setting " + name
                        + " decides on what the server consists of, and may be another at a start");
            });
        } else if (AotDetector.useGeneratedArtifacts()) {
            boolean used = decisive.isEmpty() && made(event.getSpringApplication());
            SpringProperties.setProperty(AotDetector.AOT_ENABLED, String.valueOf(used));
            LOG.debug("The beans are {}", used ? "the prepared ones" : "worked out at this start");
        }
    }

    private static boolean made(SpringApplication application) {
        Class<?> main = Objects.requireNonNull(application.getMainApplicationClass());
        return main.getResource(main.getSimpleName() + "__ApplicationContextInitializer.class") != null;
    }

    /** Whether beans are being worked out in this JVM, and nothing is to be started. */
    public static boolean working() {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
    }

    /** A setting that somebody has given, wherever, and that may decide on what beans there are. */
    static Optional<String> decisive(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(source -> !source.getName().startsWith(SHIPPED))
                .flatMap(PreparedBeans::names)
                .map(PreparedBeans::canonical)
                .filter(PreparedBeans::decides)
                .findFirst();
    }

    private static Stream<String> names(PropertySource<?> source) {
        return source instanceof EnumerablePropertySource<?> enumerable
                ? Stream.of(enumerable.getPropertyNames())
                : Stream.empty();
    }

    /** {@code VULTUS_GALLERY_KIND} of the environment is {@code vultus.gallery.kind}. */
    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.').replace("-", "");
    }

    private static boolean decides(String name) {
        return DECISIVE.contains(name) || FRAMEWORKS.stream().anyMatch(name::startsWith) && !HARMLESS.contains(name);
    }

    /**
     * Works out the beans and packs them.
     *
     * @param application has a {@code main} that runs it
     * @param jar replaced if it is there
     * @throws IllegalStateException when a setting is given that decides on what beans there are, this is no JDK, or what was made does not compile
     */
    public static void write(Class<?> application, Path jar) throws IOException {
        Path folder = Files.createTempDirectory("vultus-beans");
        try {
            Path sources = folder.resolve("sources");
            Path classes = Files.createDirectories(folder.resolve("classes"));
            new SpringApplicationAotProcessor(
                            application,
                            AbstractAotProcessor.Settings.builder()
                                    .sourceOutput(sources)
                                    .resourceOutput(folder.resolve("hints"))
                                    .classOutput(classes)
                                    .groupId("org.vultus")
                                    .artifactId("vultus-server")
                                    .build(),
                            new String[0])
                    .process();
            compile(sources, classes);
            pack(classes, jar);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("a JDK is needed, and this is a runtime alone");
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        List<String> options = List.of(
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"));
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new IllegalStateException("the prepared beans do not compile");
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        Path partial = jar.resolveSibling(jar.getFileName() + ".partial");
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(partial);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path file : files) {
                entries.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
            }
        }
        Files.move(partial, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
