package org.vultus.server.start;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.vultus.store.PrivateFile;

/**
 * A certificate that the server makes for itself, so that browsers on the network find a secure origin (and give it a camera) on
 * the first day. Nobody vouches for it: browsers warn, and a site puts its own in its place.
 */
public final class GeneratedCertificate {
    /** Apple's systems refuse server certificates that are good for longer than 825 days. */
    private static final Duration LIFE = Duration.ofDays(800);

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private GeneratedCertificate() {}

    /** The two PEM files. */
    public record PemFiles(Path certificate, Path key) {}

    /** The certificate in a folder; made anew when there is none or it is about to expire. */
    public static PemFiles in(Path folder, Clock clock) {
        PemFiles files = new PemFiles(folder.resolve("certificate.pem"), folder.resolve("certificate-key.pem"));
        try {
            if (!current(files, clock.instant())) {
                // The first that is made of the data folder.
                PrivateFile.createFolder(folder);
                write(files, clock.instant());
            }
            return files;
        } catch (IOException e) {
            throw new StartException(
                    "The certificate in %s cannot be read or written: %s".formatted(folder, e.getMessage()),
                    "Check that the folder belongs to the user that runs Vultus and that the disk has room.",
                    e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean current(PemFiles files, Instant now) throws IOException, GeneralSecurityException {
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            return false;
        }
        try (var in = Files.newInputStream(files.certificate())) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
        }
    }

    private static void write(PemFiles files, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Vultus, O=self-signed");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, new SecureRandom()).setBit(119),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(LIFE)),
                name,
                keys.getPublic());
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        PrivateFile.write(
                files.key(), pem("PRIVATE KEY", keys.getPrivate().getEncoded()).getBytes(StandardCharsets.US_ASCII));
        Files.writeString(files.certificate(), pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** localhost, this machine's name and its addresses on the network. */
    private static GeneralName[] names() throws IOException {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        String host = InetAddress.getLocalHost().getHostName();
        if (host.matches("[A-Za-z0-9.-]+") && !host.equals("localhost")) {
            names.add(new GeneralName(GeneralName.dNSName, host));
        }
        for (InetAddress address : addresses()) {
            names.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress()));
        }
        return names.toArray(GeneralName[]::new);
    }

    /** The IPv4 addresses of this machine, the loopback first. */
    public static List<InetAddress> addresses() throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (card.isUp()) {
                card.inetAddresses().filter(Inet4Address.class::isInstance).forEach(addresses::add);
            }
        }
        addresses.sort((a, b) -> Boolean.compare(b.isLoopbackAddress(), a.isLoopbackAddress()));
        return addresses;
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
    }
}
