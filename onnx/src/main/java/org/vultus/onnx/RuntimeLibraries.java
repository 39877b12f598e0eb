package org.vultus.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's libraries for this machine, unpacked once into a folder that stays. By itself the runtime unpacks 28 MB at
 * each start into the folder for temporary files, and leaves them there when the process is killed. Safe for several threads
 * and processes.
 */
public final class RuntimeLibraries {

    /** Where the runtime looks for its libraries before it unpacks them; whoever sets it has libraries of their own. */
    private static final String PLACE = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private RuntimeLibraries() {}

    /**
     * Has the runtime load its libraries from {@code folder}, where they are unpacked unless they are there; to be called before
     * the first network is loaded. Does nothing where the system property {@value #PLACE} is set, or where the runtime does
     * not come in a jar.
     *
     * @throws UncheckedIOException when the folder can't be written to
     */
    public static void keepIn(Path folder) {
        if (System.getProperty(PLACE) != null) {
            return;
        }
        try {
            @Nullable Path home = unpacked(folder);
            if (home != null) {
                System.setProperty(PLACE, home.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return where they lie; null where there are none for this machine */
    static @Nullable Path unpacked(Path folder) throws IOException {
        String place = "/ai/onnxruntime/native/" + system() + "/";
        @Nullable URL library = RuntimeLibraries.class.getResource(place + System.mapLibraryName(LIBRARIES.getFirst()));
        if (library == null || !(library.openConnection() instanceof JarURLConnection packed)) {
            return null;
        }
        // The checksum names the release, and is in the jar's directory: nothing is read for it.
        Path home = folder.resolve("onnxruntime-"
                + HexFormat.of().toHexDigits((int) packed.getJarEntry().getCrc()));
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(folder);
        Path partial = Files.createTempDirectory(folder, "onnxruntime-partial");
        try {
            for (String name : LIBRARIES) {
                String file = System.mapLibraryName(name);
                try (@Nullable InputStream in = RuntimeLibraries.class.getResourceAsStream(place + file)) {
                    if (in == null) {
                        throw new IOException(place + file + " is not in the jar of ONNX Runtime");
                    }
                    Files.copy(in, partial.resolve(file));
                }
            }
            Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(partial);
            // Another process was quicker.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
        return home;
    }

    /** As the runtime names its folders. */
    private static String system() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "");
        return (os.startsWith("mac") ? "osx" : os.startsWith("windows") ? "win" : "linux")
                + (architecture.equals("amd64") || architecture.equals("x86_64") ? "-x64" : "-" + architecture);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
