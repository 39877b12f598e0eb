package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.biometrics.embed.ExtractorId;

class BlockTest {
    private static final int DIMENSION = 140;
    private static final UUID SUBJECT = new UUID(1, 2);

    /** Also of groups and bytes that are not full. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 31, 33, 67, 128})
    void aReplacedRowLeavesNothingOfTheOldOneAndARemovedOneNothing(int lead) throws ReflectiveOperationException {
        Random random = new Random(lead);
        Rotation rotation = rotation(lead, random);
        float[] before = features(random, rotation);
        float[] after = features(random, rotation);
        Block replaced = block(rotation, before);
        assertThat(arrays(replaced)).usingRecursiveComparison().isNotEqualTo(arrays(block(rotation, after)));

        replaced.replace(0, after, 0);
        assertThat(arrays(replaced)).usingRecursiveComparison().isEqualTo(arrays(block(rotation, after)));

        Block two = block(rotation, before);
        two.add(new UUID(3, 4), after, 0);
        two.remove(1);
        assertThat(arrays(two)).usingRecursiveComparison().isEqualTo(arrays(block(rotation, before)));
    }

    private static Block block(Rotation rotation, float[] features) {
        Block block = new Block(0, new UUID(0, 0), rotation, false);
        block.add(SUBJECT, features, 0);
        return block;
    }

    private static Rotation rotation(int lead, Random random) {
        float[][] axes = new float[lead][];
        for (int i = 0; i < lead; i++) {
            axes[i] = gaussian(random, DIMENSION);
        }
        Rotation rotation = Rotation.by(
                Optional.of(new EmbeddingBasis(
                        new ExtractorId("ab".repeat(32)), new float[DIMENSION], new float[DIMENSION], axes)),
                DIMENSION,
                lead);
        assertThat(rotation.lead()).isEqualTo(lead);
        return rotation;
    }

    private static float[] features(Random random, Rotation rotation) {
        float[] features = gaussian(random, rotation.stride());
        for (int i = 0; i < features.length; i++) {
            features[i] /= 12;
        }
        return features;
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static List<Object> arrays(Block block) throws ReflectiveOperationException {
        Field field = Block.class.getDeclaredField("rows");
        field.setAccessible(true);
        Object rows = field.get(block);
        List<Object> arrays = new ArrayList<>();
        for (RecordComponent component : rows.getClass().getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            arrays.add(component.getAccessor().invoke(rows));
        }
        assertThat(arrays).hasSize(5);
        return arrays;
    }
}
