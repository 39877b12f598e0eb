package org.vultus.biometrics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.Region;

class NonMaximumSuppressionTest {

    @Test
    void keepsTheMostConfidentOfTwoThatOverlap() {
        DetectedFace weak = face(0, 0, 10, 0.7);
        DetectedFace strong = face(1, 0, 10, 0.9);
        DetectedFace elsewhere = face(50, 0, 10, 0.8);
        assertThat(NonMaximumSuppression.suppress(List.of(weak, strong, elsewhere), 0.4))
                .containsExactly(strong, elsewhere);
    }

    @Test
    void keepsBothAtExactlyTheThreshold() {
        // 10 × 10 boxes shifted by 5: 50 shared of 150, an overlap of 1/3.
        List<DetectedFace> faces = List.of(face(0, 0, 10, 0.9), face(5, 0, 10, 0.8));
        assertThat(NonMaximumSuppression.suppress(faces, 1.0 / 3)).hasSize(2);
        assertThat(NonMaximumSuppression.suppress(faces, 0.33)).hasSize(1);
    }

    @Test
    void aBoxThatWentSuppressesNothing() {
        // Each overlaps the next by 1/3; the middle one goes, so that the last one stays.
        List<DetectedFace> chain = List.of(face(0, 0, 10, 0.9), face(5, 0, 10, 0.8), face(10, 0, 10, 0.7));
        assertThat(NonMaximumSuppression.suppress(chain, 0.2)).containsExactly(chain.get(0), chain.get(2));
    }

    @Test
    void looksAtABoundedNumberOfCandidates() {
        List<DetectedFace> many = new ArrayList<>();
        for (int i = 0; i < 2 * NonMaximumSuppression.MAX_CANDIDATES; i++) {
            many.add(face(20 * i, 0, 10, i / 1e4));
        }
        List<DetectedFace> kept = NonMaximumSuppression.suppress(many, 0.4);
        assertThat(kept).hasSize(NonMaximumSuppression.MAX_CANDIDATES);
        assertThat(kept.getFirst()).isEqualTo(many.getLast());
    }

    @Test
    void refusesWhatIsNoOverlap() {
        assertThatThrownBy(() -> NonMaximumSuppression.suppress(List.of(), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(seed = "20261121")
    void whatStaysIsApartAndWhatGoesOverlapsAStrongerOne(@ForAll("faces") List<DetectedFace> faces) {
        List<DetectedFace> kept = NonMaximumSuppression.suppress(faces, 0.4);
        for (DetectedFace face : faces) {
            if (!kept.contains(face)) {
                assertThat(kept).anyMatch(k -> k.confidence() >= face.confidence() && k.overlap(face) > 0.4);
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(kept.get(j).confidence())
                        .isGreaterThanOrEqualTo(kept.get(i).confidence());
                assertThat(kept.get(j).overlap(kept.get(i))).isLessThanOrEqualTo(0.4);
            }
        }
    }

    @Provide
    Arbitrary<List<DetectedFace>> faces() {
        Arbitrary<Double> place = Arbitraries.doubles().between(-20, 120);
        Arbitrary<Double> size = Arbitraries.doubles().between(1, 60);
        return Combinators.combine(
                        place, place, size, size, Arbitraries.doubles().between(0, 1))
                .as((x, y, w, h, c) -> new DetectedFace(new Region(x, y, w, h), c, Optional.empty()))
                .list()
                .ofMaxSize(40);
    }

    private static DetectedFace face(double x, double y, double side, double confidence) {
        return new DetectedFace(new Region(x, y, side, side), confidence, Optional.empty());
    }
}
