package org.vultus.biometrics.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SidesTest {

    @Test
    void ofThreeFramesEachSideIsSeenTwice() {
        List<Sides> sides = IntStream.range(0, 3).mapToObj(Sides::ofFrame).toList();

        assertThat(sides).containsExactly(Sides.BOTH, Sides.AS_SEEN, Sides.MIRRORED);
        assertThat(sides.stream().filter(Sides::asSeen)).hasSize(2);
        assertThat(sides.stream().filter(Sides::mirrored)).hasSize(2);
        assertThat(sides.stream().mapToInt(Sides::looks).sum()).isEqualTo(4);
    }
}
