package org.vultus.evaluation.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.testkit.Command;

class ClipFramesTest {
    private static final double RATE = 20;

    /** By which a picture of the clip is brighter than the one before it, 40 ms earlier. */
    private static final double BRIGHTER = 4;

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"clip.mp4", "clip.gif"})
    void aCopyShowsOtherMomentsAtOtherQuality(String name) throws Exception {
        assumeThat(Command.runs("ffmpeg", "-version")).isTrue();
        Path clip = temp.resolve(name);
        brightening(clip);

        List<byte[]> frames = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        ClipFrames.read(clip, RATE, (jpeg, at) -> {
            frames.add(jpeg);
            times.add(at);
        });
        List<byte[]> copies = new ArrayList<>();
        ClipFrames.readCopy(clip, RATE, (jpeg, _) -> copies.add(jpeg));

        assertThat(frames).hasSize(40);
        assertThat(copies).hasSizeBetween(39, 40);
        assertThat(times).startsWith(0L, 50L, 100L).endsWith(1_950L);
        assertThat(IntStream.range(0, 39)
                        .mapToDouble(i -> grey(copies.get(i)) - grey(frames.get(i)))
                        .average()
                        .orElseThrow())
                .isBetween(0.3 * BRIGHTER, 1.2 * BRIGHTER);
        assertThat(copies.stream().map(Arrays::hashCode))
                .doesNotContainAnyElementsOf(
                        frames.stream().map(Arrays::hashCode).toList());
    }

    /** Two seconds, 25 pictures a second. */
    private static void brightening(Path clip) {
        assertThat(Command.runs(
                        "ffmpeg",
                        "-f",
                        "lavfi",
                        "-i",
                        "color=black:s=160x120:r=25:d=2,format=gray,geq=lum='16+" + BRIGHTER + "*N+10*sin(X/4)'",
                        clip.toString()))
                .isTrue();
    }

    /** The mean of a picture. */
    private static double grey(byte[] jpeg) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(jpeg)).getRaster();
            return IntStream.range(0, 160 * 120)
                    .map(i -> image.getSample(i % 160, i / 160, 0))
                    .average()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
