package org.vultus.evaluation.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void aTerminalSeesABarThatFills() {
        String shown = run(4, true);

        assertThat(shown.split("\r"))
                .containsExactly(
                        "",
                        "images [==========                              ] 1/4",
                        "images [====================                    ] 2/4",
                        "images [==============================          ] 3/4",
                        "images [========================================] 4/4" + System.lineSeparator());
    }

    @Test
    void aTerminalIsWrittenToAtMostOnceAPercent() {
        assertThat(run(10_000, true).split("\r")).hasSize(1 + 101);
    }

    @Test
    void elsewhereThereIsALineEveryTenth() {
        assertThat(run(1000, false).lines())
                .containsExactly(
                        "images 1/1000",
                        "images 100/1000",
                        "images 200/1000",
                        "images 300/1000",
                        "images 400/1000",
                        "images 500/1000",
                        "images 600/1000",
                        "images 700/1000",
                        "images 800/1000",
                        "images 900/1000",
                        "images 1000/1000");
        assertThat(run(3, false).lines()).containsExactly("images 1/3", "images 2/3", "images 3/3");
    }

    @Test
    void whetherThereIsATerminalOrNotItCanBeMade() {
        new Progress("images", 2).step();
    }

    @Test
    void severalThreadsCountTogether() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = new Progress("images", 5000, new PrintStream(out, true, UTF_8), false);

        IntStream.range(0, 5000).parallel().forEach(i -> progress.step());

        assertThat(out.toString(UTF_8).lines()).hasSize(11).endsWith("images 5000/5000");
    }

    private static String run(int total, boolean terminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = new Progress("images", total, new PrintStream(out, true, UTF_8), terminal);
        for (int i = 0; i < total; i++) {
            progress.step();
        }
        return out.toString(UTF_8);
    }
}
