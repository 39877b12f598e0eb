package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.attendance.brazil.Afd;
import org.vultus.server.RunningServer.Answer;

/** Payroll in Brazil over real HTTP: employer, CPF, punches by PIN, AFD, AEJ, mirror, receipt, and their signatures. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PayrollTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final LocalDate TODAY = LocalDate.ofInstant(Instant.now(), ZONE);
    private static final String PERIOD = "?from=" + TODAY.minusDays(3) + "&to=" + TODAY;

    @TempDir
    private static Path data;

    @AutoClose
    private static RunningServer server;

    private static X509Certificate certificate;
    private static String admin = "";
    private static String adminId = "";
    private static String staff = "";
    private static String staffId = "";
    private static String kiosk = "";
    private static final UUID EVENT = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(
                data.resolve("site"),
                "--vultus.attendance.zone=America/Sao_Paulo",
                "--vultus.sign-in.requests-per-minute=1000000",
                "--vultus.payroll.certificate=" + certificate(),
                "--vultus.payroll.certificate-password=secret");
        admin = server.administrator();
        adminId = server.get("/api/me", admin).text("id");
        server.post("/api/departments", admin, Map.of("code", "icu", "name", "ICU"));
        Answer made = server.post(
                "/api/subjects",
                admin,
                Map.of("username", "ana", "display_name", "Ana Conceição", "department", "icu"));
        staffId = made.text("id");
        staff = server.firstToken("ana", made.text("one_time_password"));
        server.json("PUT", "/api/attendance/people/" + staffId + "/pin", staff, Map.of("pin", "271828"));
        kiosk = server.post(
                        "/api/kiosks",
                        admin,
                        Map.of("name", "door", "zone", "America/Sao_Paulo", "departments", List.of("icu")))
                .text("credential");
    }

    private static Path certificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Hospital Exemplo");
        Instant now = Instant.now();
        certificate = new JcaX509CertificateConverter()
                .getCertificate(new X509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now.minus(1, ChronoUnit.DAYS)),
                                Date.from(now.plus(9, ChronoUnit.DAYS)),
                                name,
                                SubjectPublicKeyInfo.getInstance(
                                        pair.getPublic().getEncoded()))
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("1", pair.getPrivate(), "secret".toCharArray(), new Certificate[] {certificate});
        Path file = data.resolve("certificate.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "secret".toCharArray());
        }
        return file;
    }

    private static Answer punch(UUID event) {
        return server.post(
                "/recognize/pin",
                kiosk,
                Map.of(
                        "username",
                        "ana",
                        "pin",
                        "271828",
                        "event_id",
                        event,
                        "captured_at",
                        Instant.now().minusSeconds(1).toString()));
    }

    private static byte[] bytes(String path, String token) throws Exception {
        HttpResponse<byte[]> response = server.http.send(
                HttpRequest.newBuilder(server.address.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode())
                .as("%s: %s", path, new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return response.body();
    }

    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static List<String> lines(byte[] file) {
        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(file, StandardCharsets.ISO_8859_1).split("\r\n", -1)));
        assertThat(lines.removeLast()).isEmpty();
        return lines;
    }

    private static void verify(byte[] content, byte[] signature) throws Exception {
        CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(content), signature);
        SignerInformation signer =
                signed.getSignerInfos().getSigners().iterator().next();
        assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)))
                .isTrue();
        assertThat(signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2))
                .isNotNull();
    }

    @Test
    @Order(1)
    void anEmployerIsNamedByAnAdministratorWithACpf() {
        Map<String, String> employer = Map.of(
                "kind", "CNPJ",
                "number", "11.222.333/0001-81",
                "name", "Hospital São João Ltda",
                "address", "Rua das Flores, 100",
                "zone", "America/Sao_Paulo");
        String path = "/api/attendance/sites/main/employer";
        assertThat(punch(UUID.randomUUID()).status()).isEqualTo(200);
        assertThat(server.get("/api/attendance/sites/main/afd" + PERIOD, admin).text("type"))
                .isEqualTo("/problems/not-complete");
        assertThat(server.json("PUT", path, staff, employer).status()).isEqualTo(403);
        assertThat(server.json("PUT", path, admin, employer).text("type")).isEqualTo("/problems/not-complete");
        assertThat(server.json(
                                "PUT",
                                "/api/attendance/people/" + adminId + "/cpf",
                                admin,
                                Map.of("cpf", "111.444.777-36"))
                        .status())
                .isEqualTo(400);
        assertThat(server.json(
                                "PUT",
                                "/api/attendance/people/" + adminId + "/cpf",
                                admin,
                                Map.of("cpf", "111.444.777-35"))
                        .status())
                .isEqualTo(204);
        Answer named = server.json("PUT", path, admin, employer);
        assertThat(named.status()).as("%s", named.body()).isEqualTo(200);
        assertThat(named.text("number")).isEqualTo("11.222.333/0001-81");
        assertThat(server.json("PUT", "/api/attendance/sites/moon/employer", admin, employer)
                        .status())
                .isEqualTo(404);
        assertThat(server.get("/api/attendance/sites", admin)
                        .body()
                        .get(0)
                        .path("site")
                        .asString())
                .isEqualTo("main");
        assertThat(server.get("/api/attendance/sites", staff).status()).isEqualTo(403);
    }

    @Test
    @Order(2)
    void aCpfIsRecordedByAnOfficerAndShownHidden() {
        String path = "/api/attendance/people/" + staffId + "/cpf";
        assertThat(server.json("PUT", path, staff, Map.of("cpf", "52998224725")).status())
                .isEqualTo(403);
        assertThat(server.get(path, admin).body().path("cpf").isNull()).isTrue();
        assertThat(server.get("/api/attendance/sites/main/aej" + PERIOD, admin).text("detail"))
                .contains("ana");
        assertThat(server.json("PUT", path, admin, Map.of("cpf", "529.982.247-25"))
                        .status())
                .isEqualTo(204);
        assertThat(server.get(path, admin).text("cpf")).isEqualTo("***.982.247-**");
        assertThat(server.get("/api/me/cpf", staff).text("cpf")).isEqualTo("529.982.247-25");
        assertThat(server.get("/api/audit?limit=50", admin).body().toString())
                .contains("TAX_NUMBER_CHANGED")
                .doesNotContain("52998224725");
    }

    @Test
    @Order(3)
    void theAfdHoldsEveryMarkInAChainAndIsSigned() throws Exception {
        // It repeats the one before, so the kiosk's answer tells of that; the mark is kept all the same.
        assertThat(punch(EVENT).status()).isEqualTo(200);
        assertThat(server.get("/api/attendance/sites/main/afd" + PERIOD, staff).status())
                .isEqualTo(403);

        Map<String, byte[]> files = unzip(bytes("/api/attendance/sites/main/afd" + PERIOD, admin));

        String name = "AFD" + "0".repeat(17) + "11222333000181REP_P.txt";
        assertThat(files).containsOnlyKeys(name, name + ".p7s", "LEIA-ME.txt");
        assertThat(new String(files.get("LEIA-ME.txt"), StandardCharsets.UTF_8)).contains("não certificado");
        verify(files.get(name), files.get(name + ".p7s"));
        List<String> lines = lines(files.get(name));
        assertThat(lines).hasSize(6).extracting(line -> line.charAt(9)).startsWith('1', '2', '5', '7');
        assertThat(lines.get(2)).contains("I052998224725", "Ana Conceição");
        assertThat(lines.get(3)).startsWith("000000004").contains("052998224725");
        assertThat(Afd.chained(List.of(lines.get(3)), null)).isTrue();
    }

    @Test
    @Order(4)
    void theAejTellsWhatWasMadeOfThem() throws Exception {
        Map<String, byte[]> files = unzip(bytes("/api/attendance/sites/main/aej" + PERIOD, admin));
        String name = "AEJ11222333000181_" + TODAY.minusDays(3) + "_" + TODAY + ".txt";
        verify(files.get(name), files.get(name + ".p7s"));
        List<String> lines = lines(files.get(name));
        assertThat(lines.getFirst()).startsWith("01|1|11222333000181|||Hospital São João Ltda|");
        assertThat(lines).contains("03|1|52998224725|Ana Conceição");
        assertThat(lines).filteredOn(line -> line.startsWith("05|1|")).hasSize(2);
    }

    @Test
    @Order(5)
    void aPersonGetsTheReceiptOfTheirOwnPunches() throws Exception {
        Answer list = server.get("/api/me/punches" + PERIOD, staff);
        assertThat(list.body().path("items")).hasSize(2);
        assertThat(list.body().path("items").get(0).path("receipt").asBoolean()).isFalse();
        String path = "/api/me/punches/" + EVENT + "/receipt";
        assertThat(server.get(path + ".txt", admin).status()).isEqualTo(404);
        String text = new String(bytes(path + ".txt", staff), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("NSR: 000000004", "Hospital São João", "529.982.247-25", "não certificado")
                .containsPattern("SHA-256\\) da marcação: [0-9a-f]{64}\n");

        byte[] pdf = bytes(path + ".pdf", staff);

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getDocumentInformation().getTitle()).startsWith("Comprovante");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("pt-BR");
            assertThat(new PDFTextStripper().getText(document)).contains("Ana Conceição", "NSR: 000000004");
            PDSignature signature = document.getSignatureDictionaries().getFirst();
            assertThat(signature.getSubFilter()).isEqualTo("ETSI.CAdES.detached");
            verify(signature.getSignedContent(pdf), signature.getContents(pdf));
        }
    }

    @Test
    @Order(6)
    void theMirrorAndTheTimesheetsArePdfWithATitleAndALanguage() throws Exception {
        byte[] mirror = bytes("/api/attendance/reports/mirror.pdf" + PERIOD + "&site=main&person=" + staffId, staff);
        try (PDDocument document = Loader.loadPDF(mirror)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Espelho de Ponto", "11.222.333/0001-81", "529.982.247-25", "Ana Conceição");
        }
        String path = "/api/attendance/reports/timesheets.pdf" + PERIOD;
        assertThat(server.get(path, staff).status()).isEqualTo(403);
        for (String lang : List.of("en", "pt-BR")) {
            try (PDDocument document = Loader.loadPDF(bytes(path + "&lang=" + lang, admin))) {
                assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo(lang);
                assertThat(new PDFTextStripper().getText(document))
                        .contains("Ana Conceição", lang.equals("en") ? "Overtime" : "Extras")
                        .contains(lang.equals("en") ? "In " : "Entrada ")
                        .doesNotContain("IN ", "OUT ", "DELIVERED_LATE", "MISSING_OUT");
            }
        }
    }
}
