package org.vultus.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that need no photo, only the statistic of the shipped pack. */
class GalleryCommandsTest {
    @TempDir
    Path folder;

    @Test
    void theBenchmarkComparesAGalleryWithItsPeers() throws IOException {
        Path file = folder.resolve("gallery.json");

        CommandLineRun run = CommandLineRun.of(
                "benchmark", "gallery", "--sizes", "300,1500", "--probes", "60", "--searches", "20", "--json", file);

        assertThat(run.exit()).isZero();
        JsonNode report = run.json();
        assertThat(Files.readString(file)).isEqualToIgnoringWhitespace(run.out());
        assertThat(report.get("sizes")).hasSize(2);
        for (JsonNode size : report.get("sizes")) {
            assertThat(size.propertyNames())
                    .contains("references", "p50_ms", "p99_ms", "p50_ms_one_thread", "p99_ms_one_thread", "mb")
                    .contains("recall_at_1", "build_s", "insert_us", "remove_us", "times_faster_than_float");
            assertThat(size.get("recall_at_1").doubleValue()).isEqualTo(1);
            assertThat(size.get("recall_probes").intValue()).isBetween(50, 60);
            assertThat(size.at("/peers/0/name").stringValue()).isEqualTo("float32");
            assertThat(size.at("/peers/1/name").stringValue()).isEqualTo("jvector");
            assertThat(size.at("/peers/1/recall_at_1").doubleValue()).isGreaterThan(0.9);
        }
        assertThat(run.err()).contains("searching");
    }

    @Test
    void theBenchmarkRefusesSizesThatAreNone() {
        CommandLineRun run = CommandLineRun.of("benchmark", "gallery", "--sizes", "5");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--sizes must be at least 100");
    }

    @Test
    void scoresAcrossKeysTellNothing() {
        CommandLineRun run = CommandLineRun.of("evaluate", "unlinkability", "--people", "1000", "--keys", "12");

        assertThat(run.exit()).isZero();
        JsonNode result = run.json();
        assertThat(result.get("auc_same_key").doubleValue()).isGreaterThan(0.99);
        assertThat(result.get("auc_across_keys").doubleValue()).isCloseTo(0.5, within(0.02));
        assertThat(result.get("cosine_error").doubleValue()).isLessThan(1e-5);
        assertThat(result.at("/inversion_taken_as_is/matches").doubleValue()).isZero();
        assertThat(result.at("/inversion_wrong_key/matches").doubleValue()).isZero();
    }
}
