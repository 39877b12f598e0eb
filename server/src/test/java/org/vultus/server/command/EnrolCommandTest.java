package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.server.start.GeneratedCertificate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EnrolCommandTest {
    private static final String HEADER = "username,display_name,department,basis,reason,notice_version,images\n";

    @TempDir
    Path folder;

    private StubServer server;
    private Path photos;
    private Path report;
    private Path passwords;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        photos = Files.createDirectory(folder.resolve("photos"));
        report = folder.resolve("report.jsonl");
        passwords = folder.resolve("passwords.csv");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void newPeopleAreCreatedWithTheirBasisAndEnrolled() throws IOException {
        list("ana,\"Ana, of the stub\",icu,CONSENT,,2026-01,", "Bia,Bia,lab,health-protection,Sterile area,,own/b");
        folderOf("ana", 4);
        folderOf("own/b", 3);

        Run run = enrol("--notice", "2025-12", "--passwords", passwords);

        assertThat(run.code()).isZero();
        assertThat(run.err().lines())
                .containsExactly(
                        "[1/2] ana: enrolled from 4 images, quality 70",
                        "[2/2] bia: enrolled from 3 images, quality 70");
        assertThat(run.out()).startsWith("Enrolled 2, refused 0, failed 0; 0 were enrolled before.");
        assertThat(server.people.get("ana").get("display_name").asString()).isEqualTo("Ana, of the stub");
        assertThat(server.people.get("ana").get("legal_basis").toString())
                .isEqualTo("{\"basis\":\"CONSENT\",\"reason\":null,\"notice_version\":\"2026-01\"}");
        assertThat(server.people.get("bia").get("legal_basis").toString())
                .isEqualTo(
                        "{\"basis\":\"HEALTH_PROTECTION\",\"reason\":\"Sterile area\",\"notice_version\":\"2025-12\"}");
        assertThat(server.photos.get("ana")).isEqualTo(sent("ana", 4));
        assertThat(server.photos.get("bia")).isEqualTo(sent("own/b", 3));
        assertThat(passwords).hasContent("username,one_time_password\nana,one-1\nbia,one-2\n");
        assertThat(report()).extracting(line -> line.get("outcome").asString()).containsExactly("ENROLLED", "ENROLLED");
        assertThat(server.count("POST /token")).isEqualTo(1);
    }

    @Test
    void onlyTheirOwnerReadsThePasswords() throws IOException {
        assumeTrue(passwords.getFileSystem().supportedFileAttributeViews().contains("posix"));
        list("ana,Ana,icu,CONSENT,,1,");
        folderOf("ana", 3);
        enrol("--passwords", passwords);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwords)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));
        server.people.clear();
        Files.delete(report);
        Run run = enrol("--passwords", passwords);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("can be read by others");
        assertThat(server.people).isEmpty();
    }

    @Test
    void peopleAreNotCreatedWithoutAPlaceForTheirPasswords() throws IOException {
        list("ana,Ana,icu,CONSENT,,1,");
        folderOf("ana", 3);
        Run run = enrol();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("1 people are new", "--passwords FILE");
        assertThat(server.requests).containsExactly("POST /token", "GET /api/subjects");
    }

    @Test
    void aPersonWhoIsKnownKeepsTheirBasis() throws IOException {
        // More of them than one page holds, and found by a part of the name.
        for (String name : List.of("joana", "mariana", "luana", "ana")) {
            server.know(name, "icu", "LEGAL_OBLIGATION");
        }
        list("ana,Ana,icu,CONSENT,,1,");
        folderOf("ana", 3);
        assertThat(enrol().code()).isZero();
        assertThat(server.people).hasSize(4);
        assertThat(server.people.get("ana").at("/legal_basis/basis").asString()).isEqualTo("LEGAL_OBLIGATION");
        assertThat(server.photos).containsOnlyKeys("ana");
    }

    @Test
    void anInterruptedRunGoesOnWhereItStopped() throws IOException {
        list("ana,Ana,icu,CONSENT,,1,", "bia,Bia,icu,CONSENT,,1,", "caio,Caio,icu,CONSENT,,1,");
        folderOf("ana", 3);
        folderOf("bia", 3);
        folderOf("caio", 3);
        server.breaking.add("bia");

        Run first = enrol("--passwords", passwords);
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.err()).contains("does not answer", "2 of 3 people are left");
        // As if the machine had stopped in the middle of a line.
        Files.writeString(report, Files.readString(report) + "{\"line\":3,\"usern");
        server.breaking.clear();
        server.photos.clear();

        Run second = enrol("--passwords", passwords);
        assertThat(second.code()).isZero();
        assertThat(second.out()).startsWith("Enrolled 2, refused 0, failed 0; 1 were enrolled before.");
        assertThat(server.photos).containsOnlyKeys("bia", "caio");
        assertThat(report()).extracting(line -> line.get("username").asString()).containsExactly("ana", "bia", "caio");
        assertThat(passwords).hasContent("username,one_time_password\nana,one-1\nbia,one-2\ncaio,one-3\n");

        server.requests.clear();
        assertThat(enrol().out()).startsWith("Enrolled 0, refused 0, failed 0; 3 were enrolled before.");
        assertThat(server.requests).containsExactly("POST /token");
    }

    @Test
    void aRefusalTellsWhatIsWrongWithWhichPhoto() throws IOException {
        server.know("ana", "icu", "CONSENT");
        list("ana,Ana,icu,CONSENT,,1,");
        folderOf("ana", 3);
        server.refusals.put("ana", new StubServer.Answer(422, """
                        {"type":"/problems/enrolment-refused","title":"The images cannot be used","status":422,
                         "detail":"Add more good images of the same person. (2 of 3)","reason":"TOO_FEW_IMAGES",
                         "images":[
                          {"index":0,"accepted":true,"advice":[],"quality":80},
                          {"index":1,"accepted":false,"reason":"FACE_TOO_SMALL","detail":"48 pixels wide",
                           "advice":[{"code":"MOVE_CLOSER","text":"Move closer to the camera."}]},
                          {"index":2,"accepted":true}]}"""));

        Run run = enrol();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("[1/1] ana: refused. The images cannot be used: Add more good images")
                .contains(Path.of("ana", "2.jpg") + ": Move closer to the camera.");
        JsonNode line = report().getFirst();
        assertThat(line.get("outcome").asString()).isEqualTo("REFUSED");
        assertThat(line.get("reason").asString()).isEqualTo("TOO_FEW_IMAGES");
        assertThat(line.get("images").size()).isEqualTo(1);
        assertThat(line.at("/images/0/advice/0").asString()).isEqualTo("Move closer to the camera.");

        // The photos were taken again.
        server.refusals.clear();
        assertThat(enrol().code()).isZero();
        assertThat(report()).extracting(l -> l.get("outcome").asString()).containsExactly("REFUSED", "ENROLLED");
    }

    @Test
    void whatThePersonCannotHelpIsAFailure() throws IOException {
        server.know("ana", "icu", "CONSENT");
        server.know("bia", "icu", "CONSENT");
        list("ana,Ana,icu,CONSENT,,1,", "bia,Bia,icu,CONSENT,,1,");
        folderOf("ana", 3);
        folderOf("bia", 3);
        server.refusals.put("ana", StubServer.problem(503, "database-unavailable", "The database does not answer"));
        Run run = enrol();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("Enrolled 1, refused 0, failed 1");
        assertThat(report().getFirst().get("reason").asString()).isEqualTo("DATABASE_UNAVAILABLE");
    }

    @ParameterizedTest
    @CsvSource({"2,1800", "2147483647,30"})
    void aTokenThatRunsOutIsReplaced(int serves, int life) throws IOException {
        server.tokenServes = serves;
        server.tokenLife = life;
        server.know("ana", "icu", null);
        server.know("bia", "icu", null);
        list("ana,Ana,icu,CONSENT,,1,", "bia,Bia,icu,CONSENT,,1,");
        folderOf("ana", 3);
        folderOf("bia", 3);
        assertThat(enrol().code()).isZero();
        assertThat(server.photos.get("bia")).isEqualTo(sent("bia", 3));
        assertThat(server.count("POST /token")).isGreaterThan(2);
    }

    @Test
    void aDryRunOnlyLooks() throws IOException {
        server.know("bia", "icu", null);
        list("ana,Ana,icu,CONSENT,,1,", "bia,Bia,icu,CONSENT,,1,", "caio,Caio,icu,CONSENT,,1,");
        folderOf("ana", 3);
        folderOf("bia", 3);
        Run run = enrol("--dry-run");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("ana: would be created and enrolled", "bia: would be enrolled", "caio: cannot be enrolled")
                .contains("Would enrol 2, of whom 1 are new; 1 cannot be. Nothing was changed.");
        assertThat(server.requests).allMatch(r -> r.equals("POST /token") || r.startsWith("GET "));
        assertThat(server.people).hasSize(1);
        assertThat(report).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing         | NO_SUCH_FOLDER   | missing is not there
            two             | NUMBER_OF_IMAGES | 2 images in two; 3 to 20 are needed
            many            | NUMBER_OF_IMAGES | 21 images
            ../outside      | NO_SUCH_FOLDER   | outside is not there
            large           | TOO_LARGE        | is larger than 10 MB
            two;two/1.jpg   |                  |
            two; missing    | NO_SUCH_FOLDER   | missing is not there
            """)
    void unusableFoldersAreRefusedOneByOne(String images, String reason, String detail) throws IOException {
        folderOf("two", 2);
        folderOf("many", 21);
        folderOf("large", 3);
        Files.write(photos.resolve("large/4.jpg"), new byte[10_000_001]);
        Files.createDirectory(folder.resolve("outside"));
        folderOf("bia", 3);
        list("ana,Ana,icu,CONSENT,,1," + images, "bia,Bia,icu,CONSENT,,1,");
        Run run = enrol("--passwords", passwords);
        JsonNode ana = report().getFirst();
        if (reason == null) {
            assertThat(run.code()).isZero();
        } else {
            assertThat(run.code()).isEqualTo(1);
            assertThat(ana.get("reason").asString()).isEqualTo(reason);
            assertThat(ana.get("detail").asString()).contains(detail);
            assertThat(server.people).containsOnlyKeys("bia");
        }
        assertThat(server.photos).containsKey("bia");
    }

    @Test
    void aPersonOfAnotherDepartmentIsLeftAsTheyAre() throws IOException {
        server.know("ana", "lab", null);
        list("ana,Ana,icu,CONSENT,,1,");
        folderOf("ana", 3);
        assertThat(enrol().code()).isEqualTo(1);
        assertThat(report().getFirst().get("reason").asString()).isEqualTo("OTHER_DEPARTMENT");
        assertThat(server.people.get("ana").get("legal_basis").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ana,Ana,icu,CONSENT,,1                | 6 fields where the first line has 7
            ana,Ana,icu,,,1,                      | basis is missing
            ,Ana,icu,CONSENT,,1,                  | username is missing
            ana,Ana,icu,BECAUSE,,1,               | basis is one of
            ana,Ana,icu,LEGAL_OBLIGATION,,1,      | the legal basis LEGAL_OBLIGATION needs a reason
            ana,Ana,icu,CONSENT,,,                | notice_version is missing
            FIRST,Ana,icu,CONSENT,,1,             | first stands on line 2 already
            ana,Ana,icu,CONSENT,,1,"x             | a quote is not closed
            """)
    void aLineThatCannotBeUsedIsNamedBeforeAnythingIsDone(String line, String what) throws IOException {
        list("first,\"First of\nall\",icu,CONSENT,,1,", line);
        folderOf("first", 3);
        Run run = enrol("--passwords", passwords);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("line 4: " + what);
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username\tdisplay_name\tdepartment\tbasis\n",
                "username,display_name;department;basis\n",
                "username,display_name,department\n",
                "username,display_name,department,basis,shoe_size\n",
                "username,username,display_name,department,basis\n",
                ""
            })
    void theColumnsAreThoseOfTheFormat(String header) throws IOException {
        Files.writeString(folder.resolve("people.csv"), header);
        assertThat(enrol().code()).isEqualTo(2);
    }

    @Test
    void aListWithSemicolonsIsReadAsOneWithCommas() throws IOException {
        Files.writeString(
                folder.resolve("people.csv"), "username;display_name;department;basis\nana;Ana, RN;icu;WISH\n");
        folderOf("ana", 3);

        Run run = enrol("--passwords", passwords);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("line 2: ").contains("WISH");
    }

    @Test
    void aReportIsNotWrittenOverSomethingElse() throws IOException {
        list("ana,Ana,icu,CONSENT,,1,");
        folderOf("ana", 3);
        for (String other : List.of("a letter", "{\"a\":1}\n", "a\nletter\n")) {
            Files.writeString(report, other);
            Run run = enrol("--passwords", passwords);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("is no report of an enrolment");
            assertThat(report).hasContent(other);
        }
        assertThat(server.people).isEmpty();
    }

    @Test
    void passwordsDoNotTravelInTheClear() throws IOException {
        list("ana,Ana,icu,CONSENT,,1,");
        Run run = Run.of(
                EnrolCommand::line,
                "--server",
                "http://192.0.2.1:8080",
                "--from",
                photos,
                "--csv",
                folder.resolve("people.csv"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("use https");
    }

    @Test
    void onlyTheCertificateThatIsNamedIsTrusted() throws Exception {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Path another = Files.createDirectory(folder.resolve("another"));
        GeneratedCertificate.PemFiles files = GeneratedCertificate.in(mine, Clock.systemUTC());
        GeneratedCertificate.PemFiles others = GeneratedCertificate.in(another, Clock.systemUTC());
        server.close();
        server = new StubServer(serving(files));
        server.know("ana", "icu", null);
        list("ana,Ana,icu,CONSENT,,1,");
        folderOf("ana", 3);

        for (Run run : List.of(enrol(), enrol("--certificate", others.certificate()))) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("no trust in the certificate");
        }
        assertThat(server.requests).isEmpty();
        assertThat(enrol("--certificate", files.certificate()).code()).isZero();
        assertThat(enrol("--certificate", report).code()).isEqualTo(2);
    }

    private Run enrol(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "--server", server.uri(), "--from", photos, "--csv", folder.resolve("people.csv"), "--report", report));
        arguments.addAll(List.of(more));
        return Run.of(EnrolCommand::line, arguments.toArray());
    }

    private void list(String... lines) throws IOException {
        Files.writeString(folder.resolve("people.csv"), HEADER + String.join("\n", lines) + "\n");
    }

    private List<JsonNode> report() throws IOException {
        JsonMapper json = new JsonMapper();
        return Files.readAllLines(report).stream().map(json::readTree).toList();
    }

    /** Photos 1.jpg and so on, and what a folder of photos may hold besides. */
    private void folderOf(String name, int images) throws IOException {
        Path inside = Files.createDirectories(photos.resolve(name));
        for (int i = 1; i <= images; i++) {
            Files.write(inside.resolve(i + ".jpg"), image(name, i));
        }
        Files.writeString(inside.resolve("notes.txt"), "not a photo");
        Files.writeString(inside.resolve("._1.jpg"), "not a photo either");
    }

    /** The start of a JPEG file and some bytes that a careless form would spoil. */
    private static byte[] image(String name, int i) {
        return ("\u00ff\u00d8\u00ff\u00e0\r\n--vultus\r\n\u0000\u0080" + name + i)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> sent(String name, int images) {
        List<String> sent = new ArrayList<>();
        for (int i = 1; i <= images; i++) {
            sent.add(new String(image(name, i), StandardCharsets.ISO_8859_1));
        }
        return sent;
    }

    private static SSLContext serving(GeneratedCertificate.PemFiles files)
            throws IOException, GeneralSecurityException {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(files.certificate())));
        byte[] key =
                Base64.getMimeDecoder().decode(Files.readString(files.key()).replaceAll("-----[A-Z ]+-----", ""));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                        .generatePrivate(new PKCS8EncodedKeySpec(key)),
                new char[0],
                new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
