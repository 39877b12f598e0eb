package org.vultus.store.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one AES-256-GCM key in a keyset as Tink writes it in binary. A start reads one for everybody, for which Tink's parser of
 * any keyset, with a buffer of 4 KB and several copies, takes longer than what the key is needed for. So a keyset whose bytes are
 * exactly those of one such key is taken apart here, and any other one by Tink.
 */
final class PersonKey {
    private static final byte[] BEFORE_KEY = ascii("\nX\n0type.googleapis.com/google.crypto.tink.AesGcmKey\022\"\032 ");
    private static final int KEY_LENGTH = 32;
    /** The material is symmetric; the key is enabled; its identifier follows. */
    private static final byte[] AFTER_KEY = {0x18, 1, 0x10, 1, 0x18};

    /** The identifier is written before what the key encrypts. */
    private static final byte[] LAST = {0x20, 1};

    private static final byte IDENTIFIER = 0x08;
    private static final byte KEY = 0x12;
    private static final int LONGEST_IDENTIFIER = 5;

    private PersonKey() {}

    /** @throws GeneralSecurityException when it is no keyset, or not of one key of AES-GCM */
    static AesGcmKey read(byte[] keyset) throws GeneralSecurityException {
        AesGcmKey key = quick(keyset);
        return key != null ? key : byTink(keyset);
    }

    static AesGcmKey byTink(byte[] keyset) throws GeneralSecurityException {
        KeysetHandle handle = TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
        if (handle.size() == 1 && handle.getPrimary().getKey() instanceof AesGcmKey key) {
            return key;
        }
        throw new GeneralSecurityException("not one key of AES-GCM");
    }

    /** @return nothing where the bytes are not exactly what Tink writes of one key */
    @AccessesPartialKey
    static @Nullable AesGcmKey quick(byte[] keyset) throws GeneralSecurityException {
        int end = 1;
        while (end < Math.min(keyset.length, LONGEST_IDENTIFIER) && keyset[end] < 0) {
            end++;
        }
        end++;
        int identifier = end - 1;
        int inKey = BEFORE_KEY.length + KEY_LENGTH + AFTER_KEY.length + identifier + LAST.length;
        int key = end + 2 + BEFORE_KEY.length;
        int after = key + KEY_LENGTH;
        int again = after + AFTER_KEY.length;
        int last = again + identifier;
        if (keyset.length != end + 2 + inKey
                || keyset[0] != IDENTIFIER
                || keyset[end] != KEY
                || keyset[end + 1] != inKey
                || !same(keyset, end + 2, BEFORE_KEY)
                || !same(keyset, after, AFTER_KEY)
                || !Arrays.equals(keyset, 1, end, keyset, again, last)
                || !same(keyset, last, LAST)) {
            return null;
        }
        long id = 0;
        for (int i = 0; i < identifier; i++) {
            id |= (keyset[1 + i] & 0x7fL) << 7 * i;
        }
        byte[] bytes = Arrays.copyOfRange(keyset, key, after);
        try {
            return AesGcmKey.builder()
                    .setParameters(PredefinedAeadParameters.AES256_GCM)
                    .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                    .setIdRequirement((int) id)
                    .build();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static boolean same(byte[] keyset, int from, byte[] expected) {
        return Arrays.equals(keyset, from, from + expected.length, expected, 0, expected.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
