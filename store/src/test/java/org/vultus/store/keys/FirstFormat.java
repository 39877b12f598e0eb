package org.vultus.store.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.store.SqlSite;

/** Rows as they were written while templates had version 1, put down anew from what was promised then. */
public final class FirstFormat {
    private FirstFormat() {}

    /** Puts a template of version 1 in the place of the one that is in force. */
    public static void store(SqlSite site, UUID subject, FeatureVector features) throws GeneralSecurityException {
        byte[] wrapped = site.jdbc()
                .sql("SELECT wrapped_key FROM subject_keys WHERE subject_id = ?")
                .param(subject)
                .query((row, number) -> row.getBytes(1))
                .single();
        byte[] key = site.siteKeys().unwrap(wrapped, ("vultus data key\n" + subject).getBytes(StandardCharsets.UTF_8));
        String extractor = features.extractor().sha256();
        byte[] sealed = TinkProtoKeysetFormat.parseKeyset(key, InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class)
                .encrypt(
                        template(features),
                        ("vultus template\n" + subject + "\n" + extractor + "\n1").getBytes(StandardCharsets.UTF_8));
        site.jdbc()
                .sql("UPDATE face_enrollments SET format = 1, template = ? WHERE subject_id = ? AND status = 'ACTIVE'")
                .params(sealed, subject)
                .update();
    }

    private static byte[] template(FeatureVector features) {
        ByteBuffer bytes = ByteBuffer.allocate(38 + 4 * features.dimension());
        bytes.put((byte) 'V').put((byte) 'T').put((byte) 1).put((byte) 0);
        bytes.put(HexFormat.of().parseHex(features.extractor().sha256()));
        bytes.putShort((short) features.dimension());
        for (float feature : features.toArray()) {
            bytes.putFloat(feature);
        }
        return bytes.array();
    }
}
