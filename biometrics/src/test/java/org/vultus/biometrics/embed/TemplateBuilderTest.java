package org.vultus.biometrics.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

class TemplateBuilderTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    private static final TemplateBuilder BUILDER = new TemplateBuilder(0.4, 3);

    private final Random random = new Random(42);

    @Test
    void usesAllImagesOfOnePerson() {
        float[] person = direction();

        Template template = accepted(List.of(image(0, person, 80), image(1, person, 60), image(2, person, 90)));

        assertThat(template.used()).containsExactly(0, 1, 2);
        assertThat(template.outliers()).isEmpty();
        assertThat(template.features().cosine(FeatureVector.normalised(EXTRACTOR, person)))
                .isGreaterThan(0.85);
    }

    @Property(tries = 50, seed = "20261121")
    void leavesOutAnIntruderWhereverHeStands(@ForAll @IntRange(min = 0, max = 5) int place) {
        float[] person = direction();
        List<EnrolmentImage> images = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            images.add(i == place ? image(i, direction(), 100) : image(i, person, 50));
        }
        Collections.shuffle(images, random);

        Template template = accepted(images);

        assertThat(template.outliers()).containsExactly(place);
        assertThat(template.used()).hasSize(5).doesNotContain(place).isSorted();
    }

    @Test
    void refusesTwoPeopleInEqualShares() {
        float[] one = direction();
        float[] two = direction();

        Outcome<Template> outcome =
                BUILDER.build(List.of(image(0, one, 80), image(1, one, 80), image(2, two, 80), image(3, two, 80)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.DIFFERENT_PEOPLE));
    }

    @Test
    void refusesTooFewImages() {
        Outcome<Template> outcome = BUILDER.build(List.of(image(0, direction(), 80), image(1, direction(), 80)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.TOO_FEW_IMAGES));
    }

    @Test
    void aBetterImageCountsForMore() {
        float[] person = direction();
        EnrolmentImage good = image(0, person, 100);
        EnrolmentImage poor = image(1, person, 0);

        FeatureVector fused = ((Outcome.Accepted<Template>) new TemplateBuilder(-0.9, 1).build(List.of(good, poor)))
                .value()
                .features();

        assertThat(fused.cosine(good.features())).isGreaterThan(fused.cosine(poor.features()));
    }

    private static Template accepted(List<EnrolmentImage> images) {
        return switch (BUILDER.build(images)) {
            case Outcome.Accepted<Template>(Template template) -> template;
            case Outcome.Refused<Template>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    /** An image whose features are the person's with noise of the same length. */
    private EnrolmentImage image(int index, float[] person, int quality) {
        float[] noise = direction();
        float[] features = person.clone();
        for (int i = 0; i < features.length; i++) {
            features[i] += noise[i];
        }
        return new EnrolmentImage(index, FeatureVector.normalised(EXTRACTOR, features), quality);
    }

    private float[] direction() {
        float[] v = new float[512];
        for (int i = 0; i < v.length; i++) {
            v[i] = (float) random.nextGaussian();
        }
        return v;
    }
}
