package org.vultus.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.AesGcmParameters.Variant;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeContainer;

class PersonKeyTest {
    private static final byte[] ANY = new byte[32];

    @BeforeContainer
    static void register() throws GeneralSecurityException {
        AeadConfig.register();
    }

    @Property(tries = 200, seed = "1")
    void readsWhatTinkReads(@ForAll int id, @ForAll @IntRange(max = 31) int shorter, @ForAll @Size(32) byte[] bytes)
            throws GeneralSecurityException {
        // Identifiers of any length in bytes.
        byte[] keyset = keyset(PredefinedAeadParameters.AES256_GCM, bytes, id >>> shorter | 1);

        AesGcmKey key = PersonKey.quick(keyset);

        assertThat(key).isNotNull();
        assertThat(key.equalsKey(PersonKey.byTink(keyset))).isTrue();
        assertThat(key.getOutputPrefix()).isEqualTo(PersonKey.byTink(keyset).getOutputPrefix());
    }

    /** Whatever else the bytes are, Tink decides. */
    @Property(tries = 500, seed = "2")
    void readsNothingThatTinkWouldReadOtherwise(
            @ForAll @IntRange(max = 107) int at, @ForAll byte other, @ForAll @IntRange(max = 200) int length)
            throws GeneralSecurityException {
        byte[] changed = keyset(PredefinedAeadParameters.AES256_GCM, ANY, -5);
        assertThat(changed).hasSize(108);
        changed[at] = other;
        sameAsTink(changed);
        sameAsTink(Arrays.copyOf(keyset(PredefinedAeadParameters.AES256_GCM, ANY, -5), length));
    }

    @Example
    void leavesOtherKeysToTink() throws GeneralSecurityException {
        AesGcmParameters bare = parameters(32, Variant.NO_PREFIX);
        AesGcmParameters small = parameters(16, Variant.TINK);
        for (byte[] keyset : new byte[][] {keyset(bare, ANY, null), keyset(small, new byte[16], 7)}) {
            assertThat(PersonKey.quick(keyset)).isNull();
            assertThat(PersonKey.read(keyset).equalsKey(PersonKey.byTink(keyset)))
                    .isTrue();
        }
        assertThatThrownBy(() -> PersonKey.read(new byte[0])).isInstanceOf(GeneralSecurityException.class);
    }

    private static void sameAsTink(byte[] keyset) throws GeneralSecurityException {
        AesGcmKey key = PersonKey.quick(keyset);
        if (key != null) {
            assertThat(key.equalsKey(PersonKey.byTink(keyset))).isTrue();
        }
    }

    private static AesGcmParameters parameters(int bytes, Variant variant) throws GeneralSecurityException {
        return AesGcmParameters.builder()
                .setKeySizeBytes(bytes)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(variant)
                .build();
    }

    @AccessesPartialKey
    private static byte[] keyset(AesGcmParameters parameters, byte[] bytes, Integer id)
            throws GeneralSecurityException {
        AesGcmKey key = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .setIdRequirement(id)
                .build();
        KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key).makePrimary();
        return TinkProtoKeysetFormat.serializeKeyset(
                KeysetHandle.newBuilder()
                        .addEntry(id == null ? entry.withFixedId(1) : entry)
                        .build(),
                InsecureSecretKeyAccess.get());
    }
}
