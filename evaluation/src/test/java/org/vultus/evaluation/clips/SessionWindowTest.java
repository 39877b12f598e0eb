package org.vultus.evaluation.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionWindowTest {
    private static final double CLIP = 8_000;
    private static final int DRAWN = 2_000;

    private interface Kind {
        Optional<SessionWindow.Pair> draw(double clip, double first, double second, Random random);
    }

    private static List<SessionWindow.Pair> drawn(Kind kind, double first, double second) {
        Random random = new Random(7);
        return Stream.generate(() -> kind.draw(CLIP, first, second, random).orElseThrow())
                .limit(DRAWN)
                .toList();
    }

    private static double end(SessionWindow window) {
        return window.from() + window.duration();
    }

    @ParameterizedTest
    @CsvSource({"2000,2000", "3000,3000", "2000,5000", "5000,2000"})
    void otherPartsAreHalfASecondApartWithinTheClip(double first, double second) {
        List<SessionWindow.Pair> pairs = drawn(SessionWindow::apart, first, second);

        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair.first().duration()).isEqualTo(first);
            assertThat(pair.second().duration()).isEqualTo(second);
            assertThat(Math.max(
                            pair.second().from() - end(pair.first()),
                            pair.first().from() - end(pair.second())))
                    .isGreaterThanOrEqualTo(500 - 1e-6);
            assertThat(Math.min(pair.first().from(), pair.second().from())).isNotNegative();
            assertThat(Math.max(end(pair.first()), end(pair.second()))).isLessThanOrEqualTo(CLIP + 1e-6);
        });
        // Either is the earlier as often as the other, and the whole clip is used.
        assertThat(pairs.stream()
                        .filter(pair -> pair.first().from() < pair.second().from())
                        .count())
                .isCloseTo(DRAWN / 2, within(DRAWN / 20L));
        assertThat(pairs).anySatisfy(pair -> assertThat(end(pair.first())).isGreaterThan(CLIP - 100));
        assertThat(pairs).anySatisfy(pair -> assertThat(pair.first().from()).isLessThan(100));
    }

    @ParameterizedTest
    @CsvSource({"2000,2000", "6000,6000", "2000,5000", "5000,2000"})
    void aReplayBeginsWithinASecondOfWhatItShows(double first, double second) {
        List<SessionWindow.Pair> pairs = drawn(SessionWindow::replay, first, second);

        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair.first().duration()).isEqualTo(first);
            assertThat(pair.second().duration()).isEqualTo(second);
            assertThat(Math.abs(pair.first().from() - pair.second().from())).isLessThanOrEqualTo(1_000 + 1e-6);
            assertThat(List.of(pair.first(), pair.second()))
                    .allSatisfy(window -> assertThat(Math.min(CLIP, end(window)) - Math.max(0, window.from()))
                            .isGreaterThanOrEqualTo(0.6 * window.duration() - 1e-6));
        });
        assertThat(pairs)
                .anySatisfy(pair ->
                        assertThat(pair.second().from() - pair.first().from()).isGreaterThan(900));
        assertThat(pairs)
                .anySatisfy(pair ->
                        assertThat(pair.second().from() - pair.first().from()).isLessThan(-900));
        assertThat(pairs).anySatisfy(pair -> assertThat(pair.first().from()).isNegative());
        assertThat(pairs)
                .anySatisfy(pair -> assertThat(Math.max(end(pair.first()), end(pair.second())))
                        .isGreaterThan(CLIP));
    }

    @Test
    void aClipThatIsTooShortGivesNone() {
        Random random = new Random(7);
        assertThat(SessionWindow.apart(4_499, 2_000, 2_000, random)).isEmpty();
        assertThat(SessionWindow.apart(4_500, 2_000, 2_000, random)).isPresent();
        assertThat(SessionWindow.replay(2_999, 2_000, 5_000, random)).isEmpty();
        assertThat(SessionWindow.replay(2_999, 5_000, 2_000, random)).isEmpty();
        assertThat(SessionWindow.replay(3_001, 2_000, 5_000, random)).isPresent();
        assertThat(SessionWindow.replay(3_001, 5_000, 2_000, random)).isPresent();
    }

    @Test
    void aBusyServerLooksAtItsShareOfTenPicturesASecond() {
        SessionWindow window = new SessionWindow(0, 1_000_000);

        assertThat(window.looks(1, new Random(7)).size()).isBetween(9_998, 10_000);
        assertThat(window.looks(0.6, new Random(7)).size()).isBetween(5_800, 6_200);
        assertThat(window.looks(0.4, new Random(7)).size()).isBetween(3_800, 4_200);
    }

    @Test
    void looksWaverAroundATenthOfASecondFromARandomPhase() {
        SessionWindow window = new SessionWindow(-800, 1_000_000);
        List<Double> looks = window.looks(1, new Random(7));

        double phase =
                looks.stream().limit(1_000).mapToDouble(at -> at % 100).sorted().toArray()[500];
        double[] off = looks.stream()
                .mapToDouble(at -> Math.IEEEremainder(at - phase, 100))
                .toArray();
        assertThat(looks).isSorted().allMatch(at -> at >= 0 && at < window.duration());
        assertThat(Math.sqrt(Arrays.stream(off).map(o -> o * o).average().orElseThrow()))
                .isBetween(11.0, 13.0);
        assertThat(window.looks(1, new Random(8)).getFirst()).isNotEqualTo(looks.getFirst());
    }

    @Test
    void theSameSeedDrawsTheSame() {
        assertThat(drawn(SessionWindow::replay, 2_000, 5_000)).isEqualTo(drawn(SessionWindow::replay, 2_000, 5_000));
        assertThat(drawn(SessionWindow::apart, 2_000, 5_000))
                .isEqualTo(drawn(SessionWindow::apart, 2_000, 5_000))
                .doesNotHaveDuplicates();
        SessionWindow window = new SessionWindow(0, 60_000);
        assertThat(window.looks(0.4, new Random(7))).isEqualTo(window.looks(0.4, new Random(7)));
    }
}
