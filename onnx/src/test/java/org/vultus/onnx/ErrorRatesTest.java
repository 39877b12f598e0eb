package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorRatesTest {

    @Test
    void theShippedPackTellsWhatItsThresholdsCost() {
        ErrorRates rates = ModelPack.bundled().errorRates().orElseThrow();

        assertThat(rates.people()).isEqualTo(1241);
        assertThat(rates.mated()).isEqualTo(2891);
        assertThat(rates.nonMated()).isEqualTo(2_687_149);
        assertThat(rates.rates()).extracting(ErrorRates.Rate::fmr).containsExactly(0.01, 0.001, 1e-4, 1e-5, 1e-6);
        assertThat(rates.rates()).extracting(ErrorRates.Rate::fnmr).isSorted();
        assertThat(rates.rates().getLast().demonstrated()).isFalse();
        assertThat(rates.curve()).hasSize(40);
        assertThat(rates.curve())
                .extracting(ErrorRates.Cost::fmr)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .allMatch(fmr -> fmr > 1e-6 && fmr <= 0.1);
        // The points to choose from lie on it.
        for (ErrorRates.Rate rate : rates.rates().subList(0, 4)) {
            assertThat(rates.curve().stream()
                            .filter(cost -> cost.fmr() <= rate.fmr())
                            .findFirst()
                            .orElseThrow()
                            .fnmr())
                    .isCloseTo(rate.fnmr(), within(0.0005));
        }
    }

    @Test
    void aCalibrationThatDoesNotTellGivesNone() {
        assertThat(parse("{\"operating_points\":[{\"fmr\":0.1,\"threshold\":0.2,\"demonstrated\":true}]}"))
                .isEmpty();
        assertThat(parse(
                        "{\"source\":\"s\",\"people\":2,\"mated\":{\"comparisons\":1},\"non_mated\":{\"comparisons\":3},"
                                + "\"operating_points\":[{\"fmr\":0.1,\"fnmr\":0.2,\"demonstrated\":true}]}"))
                .map(ErrorRates::rates)
                .hasValueSatisfying(rates -> assertThat(rates).containsExactly(new ErrorRates.Rate(0.1, 0.2, true)));
        assertThat(parse("no JSON")).isEmpty();
    }

    private static Optional<ErrorRates> parse(String json) {
        return ErrorRates.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
