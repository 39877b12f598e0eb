package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void aLogGetsALineEveryTenth() {
        assertThat(shown(200, false).lines().toList())
                .hasSizeBetween(10, 11)
                .endsWith("images 180/200", "images 200/200");
        assertThat(shown(200, false)).doesNotContain("\r");
    }

    @Test
    void aTerminalGetsABarThatMovesInItsLine() {
        String shown = shown(3, true);

        assertThat(shown.lines().filter(line -> !line.isEmpty()).toList().getLast())
                .isEqualTo("images [" + "=".repeat(40) + "] 3/3");
        assertThat(shown).endsWith(System.lineSeparator()).contains("\rimages [=============   ");
    }

    @Test
    void aRunWithoutATerminalOrAConsoleShowsItsProgressAllTheSame() {
        new Progress("images", 1).step();
    }

    private static String shown(int total, boolean terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress =
                new Progress("images", total, new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
        for (int i = 0; i < total; i++) {
            progress.step();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
