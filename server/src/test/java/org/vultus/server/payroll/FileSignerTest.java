package org.vultus.server.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSignerTest {
    private static final byte[] CONTENT = "o arquivo".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private X509Certificate elliptic(Path file) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Hospital");
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new X509v3CertificateBuilder(
                                name,
                                BigInteger.TWO,
                                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                                Date.from(Instant.parse("2126-01-01T00:00:00Z")),
                                name,
                                SubjectPublicKeyInfo.getInstance(
                                        pair.getPublic().getEncoded()))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("k", pair.getPrivate(), "secret".toCharArray(), new Certificate[] {certificate});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "secret".toCharArray());
        }
        return certificate;
    }

    @Test
    void signsDetachedAndNoticesAnotherContent() throws Exception {
        Path file = folder.resolve("c.p12");
        X509Certificate certificate = elliptic(file);
        FileSigner signer = FileSigner.open(file, "secret");
        assertThat(signer.holder()).isEqualTo("CN=Hospital");

        byte[] signature = signer.sign(CONTENT);

        CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(CONTENT), signature);
        SignerInformation by = signed.getSignerInfos().getSigners().iterator().next();
        assertThat(by.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)))
                .isTrue();
        assertThat(by.getSignedAttributes().get(CMSAttributes.signingTime)).isNotNull();
        assertThat(new CMSSignedData(signature).getSignedContent()).isNull();
        CMSSignedData other = new CMSSignedData(new CMSProcessableByteArray(new byte[] {1}), signature);
        SignerInformation wrong = other.getSignerInfos().getSigners().iterator().next();
        assertThatThrownBy(() -> wrong.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)))
                .hasMessageContaining("digest");
        CMSSignedData untimed = new CMSSignedData(new CMSProcessableByteArray(CONTENT), signer.sign(CONTENT, false));
        assertThat(untimed.getSignerInfos()
                        .getSigners()
                        .iterator()
                        .next()
                        .getSignedAttributes()
                        .get(CMSAttributes.signingTime))
                .isNull();
    }

    @Test
    void aFileThatCannotBeUsedIsSaid() throws Exception {
        Path file = folder.resolve("c.p12");
        elliptic(file);
        assertThatThrownBy(() -> FileSigner.open(file, "wrong")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FileSigner.open(folder.resolve("none"), "")).isInstanceOf(IOException.class);
        Path text = Files.writeString(folder.resolve("text.p12"), "no certificate");
        assertThatThrownBy(() -> FileSigner.open(text, "")).isInstanceOf(IOException.class);
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        Path nothing = folder.resolve("empty.p12");
        try (OutputStream out = Files.newOutputStream(nothing)) {
            empty.store(out, "secret".toCharArray());
        }
        assertThatThrownBy(() -> FileSigner.open(nothing, "secret")).hasMessageContaining("no private key");
    }
}
