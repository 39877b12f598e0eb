package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdentificationTest {

    @Test
    void aSearchCountsOnlyWhenTheRightPersonIsFirst() {
        Identification found = Identification.of(
                3, new double[] {0.9, 0.5, 0.4, ErrorRates.FAILED}, new double[] {0.2, 0.6, 0.4, 0.1}, new double[] {});

        assertThat(found.rank1()).as("a tie and a failure are not found").isEqualTo(0.25);
        assertThat(found.nonMatedSearches()).isEqualTo(4);
    }

    @Test
    void theThresholdIsSetByWhatIsNotInTheGallery() {
        double[] own = new double[30];
        double[] best = new double[30];
        Arrays.fill(own, 0.8);
        Arrays.fill(best, 0.1);
        own[0] = 0.35; // found at no threshold that keeps the strangers out
        own[1] = 0.7;
        best[1] = 0.75; // somebody else is first
        double[] strangers = new double[10];
        Arrays.fill(strangers, 0.2);
        strangers[0] = 0.4;
        strangers[1] = 0.5;
        strangers[2] = 0.6;

        Identification.Point point = Identification.of(30, own, best, strangers)
                .fnirAtFpir()
                .get("1e-1")
                .orElseThrow();

        // 40 non-mated searches: four (0.75, 0.6, 0.5, 0.4) may reach the threshold, the next one scores 0.2.
        assertThat(point.fpir()).isEqualTo(0.1);
        assertThat(point.threshold()).isCloseTo(0.2, within(1e-9));
        assertThat(point.fnir()).isCloseTo(1.0 / 30, within(1e-12));
    }

    @Test
    void ratesThatTheSearchesCannotShowStayEmpty() {
        Identification found = Identification.of(2, new double[20], new double[20], new double[20]);

        assertThat(found.fnirAtFpir().get("1e-1")).isPresent();
        assertThat(found.fnirAtFpir().get("1e-2")).isEmpty();
    }
}
