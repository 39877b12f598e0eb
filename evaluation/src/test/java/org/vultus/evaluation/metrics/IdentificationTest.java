package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdentificationTest {

    @Test
    void countsByHand() {
        // 25 mated searches: 20 find the right person at 0.8, two at 0.3, and three find somebody else first.
        double[] own = filled(25, 0.8);
        double[] best = filled(25, 0.2);
        own[0] = own[1] = 0.3;
        own[2] = 0.5;
        best[2] = 0.6;
        own[3] = best[3] = 0.55; // A tie is not found.
        own[4] = best[4] = ErrorRates.FAILED;
        double[] strangers = filled(5, 0.1);
        strangers[0] = 0.4;

        Identification found = Identification.of(40, own, best, strangers);

        assertThat(found.gallery()).isEqualTo(40);
        assertThat(found.matedSearches()).isEqualTo(25);
        assertThat(found.nonMatedSearches()).isEqualTo(30);
        assertThat(found.rank1()).isEqualTo(22 / 25.0);
        // Three of thirty may be false positives: 0.6, 0.55 and 0.4. The threshold lies above the next, 0.2.
        assertThat(found.fnirAtFpir().get("1e-1"))
                .hasValue(new Identification.Point(Math.nextUp(0.2), 0.1, 3 / 25.0, Interval.wilson(3, 25)));
        assertThat(found.fnirAtFpir()).containsOnlyKeys("1e-1", "1e-2", "1e-3");
        assertThat(found.fnirAtFpir().get("1e-2")).isEmpty();
        assertThat(found.fnirAtFpir().get("1e-3")).isEmpty();
    }

    @Test
    void whoeverIsFoundBelowTheThresholdIsNotFound() {
        double[] own = filled(300, 0.5);
        double[] best = filled(300, 0.1);
        Arrays.fill(best, 0, 4, 0.3);
        own[10] = 0.3; // first, but not above the three that FPIR 1e-2 lets through and the one too many

        Identification found = Identification.of(300, own, best, new double[0]);

        assertThat(found.rank1()).isEqualTo(1);
        assertThat(found.fnirAtFpir().get("1e-2"))
                .hasValue(new Identification.Point(Math.nextUp(0.3), 0, 1 / 300.0, Interval.wilson(1, 300)));
    }

    private static double[] filled(int count, double score) {
        double[] scores = new double[count];
        Arrays.fill(scores, score);
        return scores;
    }
}
