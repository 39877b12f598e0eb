package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not use Qdrant does not pay for it: neither time at start nor memory. */
class StartWithoutQdrantTest {
    @TempDir
    Path folder;

    @Test
    void loadsNoneOfItsClasses() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        try (ChildServer server = ChildServer.start(
                List.of("env", "JAVA_TOOL_OPTIONS=-Xlog:class+load:file=" + loaded),
                folder.resolve("site"),
                "--vultus.programs=" + Path.of("target", "postgresql").toAbsolutePath())) {
            server.ready();
            assertThat(server.output()).contains("faces are searched in this server's memory");
            try (Stream<String> lines = Files.lines(loaded)) {
                List<String> classes = lines.filter(line -> line.contains("source:"))
                        .map(line -> line.replaceFirst("^(\\[[^]]*])* *(\\S+) .*", "$2"))
                        .toList();
                assertThat(classes).contains("org.vultus.server.gallery.GalleryController");
                assertThat(classes.stream()
                                .filter(name -> name.startsWith("io.grpc.")
                                        || name.startsWith("io.qdrant.")
                                        || name.startsWith("org.vultus.store.qdrant.")
                                        || name.endsWith(".QdrantConfiguration")))
                        .isEmpty();
            }
        }
    }
}
