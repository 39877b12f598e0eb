package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeLibrariesTest {
    private static final String PLACE = "onnxruntime.native.path";

    @TempDir
    private Path folder;

    @BeforeEach
    @AfterEach
    void nothingIsSaidOfThePlace() {
        System.clearProperty(PLACE);
    }

    @Test
    void theyAreUnpackedOnceAndFoundAgain() throws IOException {
        Path home = Objects.requireNonNull(RuntimeLibraries.unpacked(folder));
        Path library = home.resolve(System.mapLibraryName("onnxruntime"));

        assertThat(names(home))
                .containsExactlyInAnyOrder(
                        System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));
        assertThat(Files.size(library)).isGreaterThan(10_000_000);
        Files.writeString(library, "a mark that a second unpacking would wipe out");
        assertThat(RuntimeLibraries.unpacked(folder)).isEqualTo(home);
        assertThat(Files.size(library)).isLessThan(100);
    }

    @Test
    void threeAtOnceLeaveOneWholeFolder() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Callable<Path> unpack = () -> Objects.requireNonNull(RuntimeLibraries.unpacked(folder));
            for (Future<Path> home : threads.invokeAll(List.of(unpack, unpack, unpack))) {
                assertThat(names(home.get())).hasSize(2);
            }
        }
        assertThat(names(folder)).hasSize(1);
    }

    @Test
    void theRuntimeIsToldWhereTheyAre() {
        RuntimeLibraries.keepIn(folder);

        assertThat(Path.of(System.getProperty(PLACE))).isDirectory().hasParent(folder);
    }

    @Test
    void librariesOfTheSitesOwnAreLeftAlone() throws IOException {
        System.setProperty(PLACE, "/opt/onnxruntime");

        RuntimeLibraries.keepIn(folder);

        assertThat(System.getProperty(PLACE)).isEqualTo("/opt/onnxruntime");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void aFolderThatIsAFileIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RuntimeLibraries.keepIn(file)).isInstanceOf(UncheckedIOException.class);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
