package org.vultus.biometrics.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

class FeatureVectorTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));

    @Test
    void whatANetworkGivesIsRefusedWhenItHasNoDirection() {
        for (float[] features : List.of(
                new float[] {0, 0},
                new float[] {Float.NaN, 1},
                new float[] {Float.POSITIVE_INFINITY, 1},
                new float[] {1, Float.NEGATIVE_INFINITY},
                new float[0])) {
            assertThat(FeatureVector.measured(EXTRACTOR, features))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.LOW_QUALITY));
            assertThatThrownBy(() -> FeatureVector.normalised(EXTRACTOR, features))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatANetworkGivesIsBroughtToUnitLength() {
        float[] features = {3, 4};
        assertThat(FeatureVector.measured(EXTRACTOR, features))
                .isEqualTo(Outcome.accepted(FeatureVector.normalised(EXTRACTOR, features)));
    }
}
