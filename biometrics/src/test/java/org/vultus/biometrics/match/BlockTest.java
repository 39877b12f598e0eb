package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
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
        assertThat(memory(replaced)).usingRecursiveComparison().isNotEqualTo(memory(block(rotation, after)));

        replaced.replace(0, packed(rotation, after));
        assertThat(memory(replaced)).usingRecursiveComparison().isEqualTo(memory(block(rotation, after)));

        Block two = block(rotation, before);
        two.add(new UUID(3, 4), packed(rotation, after));
        two.remove(1);
        assertThat(memory(two)).usingRecursiveComparison().isEqualTo(memory(block(rotation, before)));
    }

    private static Block block(Rotation rotation, float[] features) {
        Block block = new Block(0, new UUID(0, 0), rotation, Rows.of(Block.FIRST_ROWS, rotation));
        block.add(SUBJECT, packed(rotation, features));
        return block;
    }

    private static PackedRow packed(Rotation rotation, float[] features) {
        PackedRow packed = new PackedRow(rotation);
        // What was packed before must not shine through.
        packed.pack(features(new Random(99), rotation), 0);
        packed.pack(features, 0);
        return packed;
    }

    /** With a row of nothing but zeros, which has no units. */
    @Test
    void aWipedRowHoldsNothing() {
        Random random = new Random(5);
        Rotation rotation = rotation(67, random);
        PackedRow wiped = packed(rotation, features(random, rotation));

        wiped.wipe();

        assertThat(wiped).usingRecursiveComparison().ignoringFields("rotation").isEqualTo(new PackedRow(rotation));
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

    private static List<byte[]> memory(Block block) throws ReflectiveOperationException {
        Field field = Block.class.getDeclaredField("rows");
        field.setAccessible(true);
        Rows rows = (Rows) field.get(block);
        List<byte[]> memory = new ArrayList<>();
        for (MemorySegment segment :
                List.of(rows.scanned(), rows.low(), rows.rest(), rows.restScale(), rows.subjects())) {
            assertThat(segment.isNative()).isTrue();
            memory.add(segment.toArray(ValueLayout.JAVA_BYTE));
        }
        return memory;
    }
}
