package org.vultus.attendance.brazil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records against the positions of the published layout, counted from 1 as it does. */
class AfdTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final Instant AT = Instant.parse("2026-03-02T12:00:59.999Z");
    private static final Cpf CPF = new Cpf("52998224725");
    private static final Cpf BOSS = new Cpf("11144477735");
    static final Employer EMPLOYER = new Employer(
            Employer.Kind.CNPJ, "11222333000181", "12345678901234", "Hospital São João | Ltda", "Rua Ação, 1", ZONE);
    static final Developer NOBODY = new Developer("", "", "Vultus", "", "0.1.0");

    private static String at(String record, int first, int last) {
        return record.substring(first - 1, last);
    }

    @Test
    void theChecksumIsTheOneThatTheLayoutNames() {
        assertThat(Crc16.of("123456789")).isEqualTo("2189");
    }

    @Test
    void anEmployerIs331Characters() {
        String record = Afd.employer(7, AT, BOSS, EMPLOYER);
        assertThat(record).hasSize(331);
        assertThat(at(record, 1, 10)).isEqualTo("0000000072");
        assertThat(at(record, 11, 34)).isEqualTo("2026-03-02T09:00:00-0300");
        assertThat(at(record, 35, 48)).isEqualTo("00011144477735");
        assertThat(at(record, 49, 77)).isEqualTo("1" + "11222333000181" + "12345678901234");
        assertThat(at(record, 78, 227).strip()).isEqualTo("Hospital São João   Ltda");
        assertThat(at(record, 228, 327).strip()).isEqualTo("Rua Ação, 1");
        assertThat(at(record, 328, 331)).isEqualTo(Crc16.of(at(record, 1, 327)));
    }

    @Test
    void aPersonIs118Characters() {
        String name = "Ana Conceição de Souza e Silva Albuquerque dos Santos Pereira";
        String record = Afd.person(8, AT, ZONE, Afd.Operation.INCLUDED, CPF, name, BOSS);
        assertThat(record).hasSize(118);
        assertThat(at(record, 10, 10)).isEqualTo("5");
        assertThat(at(record, 35, 47)).isEqualTo("I052998224725");
        assertThat(at(record, 48, 99)).isEqualTo(name.substring(0, 52));
        assertThat(at(record, 104, 114)).isEqualTo("11144477735");
        assertThat(at(record, 115, 118)).isEqualTo(Crc16.of(at(record, 1, 114)));
        assertThat(Afd.says(record, CPF, name)).isTrue();
        assertThat(Afd.says(record, BOSS, name)).isFalse();
        assertThat(Afd.says(record, CPF, "Ana")).isFalse();
        assertThat(Afd.says(Afd.person(9, AT, ZONE, Afd.Operation.EXCLUDED, CPF, name, BOSS), CPF, name))
                .isFalse();
    }

    @Test
    void aMarkIs137CharactersAndHashesItsFieldsAndTheMarkBefore() throws Exception {
        String first = Afd.mark(9, AT, CPF, AT.plusSeconds(400), true, ZONE, null);
        String second = Afd.mark(12, AT, null, AT, false, ZONE, first);
        assertThat(first).hasSize(137).startsWith("0000000097" + "2026-03-02T09:00:00-0300" + "052998224725");
        assertThat(at(first, 47, 73)).isEqualTo("2026-03-02T09:07:00-0300" + "04" + "1");
        assertThat(at(first, 74, 137)).isEqualTo(sha256(at(first, 1, 73)));
        assertThat(at(second, 35, 46)).isEqualTo("000000000000");
        assertThat(at(second, 74, 137)).isEqualTo(sha256(at(second, 1, 73) + at(first, 74, 137)));
        assertThat(Afd.chained(List.of(first, second), null)).isTrue();
        assertThat(Afd.chained(List.of(second), first)).isTrue();
        assertThat(Afd.chained(List.of(second), null)).isFalse();
        assertThat(Afd.chained(List.of(first.replace("T09:00", "T08:00"), second), null))
                .isFalse();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aFileBeginsWithItsHeaderAndCountsItsRecords() {
        String mark = Afd.mark(2, AT, CPF, AT, false, ZONE, null);
        byte[] file = Afd.file(
                EMPLOYER,
                new Developer("512026000123", "111.444.777-35", "Dev", "", "0.1.0"),
                LocalDate.of(2026, 3, 1),
                LocalDate.of(2026, 3, 31),
                AT,
                List.of(Afd.employer(1, AT, BOSS, EMPLOYER), mark));
        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(file, StandardCharsets.ISO_8859_1).split("\r\n", -1)));
        assertThat(lines.removeLast()).isEmpty();
        assertThat(lines).hasSize(5).noneMatch(String::isEmpty);
        String header = lines.getFirst();
        assertThat(header).hasSize(302).startsWith("0000000001" + "1" + "11222333000181");
        assertThat(at(header, 190, 206)).isEqualTo("00000512026000123");
        assertThat(at(header, 207, 253)).isEqualTo("2026-03-012026-03-31" + "2026-03-02T09:00:00-0300" + "003");
        assertThat(at(header, 254, 268)).isEqualTo("2" + "00011144477735");
        assertThat(at(header, 299, 302)).isEqualTo(Crc16.of(at(header, 1, 298)));
        assertThat(lines.get(3)).isEqualTo("999999999" + "000000001" + "0".repeat(36) + "000000001" + "9");
        assertThat(lines.get(4)).hasSize(100).startsWith("ASSINATURA_DIGITAL_EM_ARQUIVO_P7S ");
        assertThat(Afd.name(NOBODY, EMPLOYER)).isEqualTo("AFD" + "0".repeat(17) + "11222333000181REP_P.txt");
    }

    @Test
    void whatLatin1LacksIsAQuestionMarkAndKeepsTheWidth() {
        String record = Afd.person(1, AT, ZONE, Afd.Operation.INCLUDED, CPF, "A\u0301na Łuka 😀 \r\nX", BOSS);
        assertThat(record).hasSize(118).doesNotContain("\n");
        assertThat(at(record, 48, 99).strip()).startsWith("Ána ?uka ?");
    }

    @Test
    void aRecordOfTheServiceTellsSinceWhen() {
        Instant at = Instant.parse("2026-03-02T11:00:00Z");
        ZoneId zone = ZoneId.of("America/Sao_Paulo");
        String began = Afd.service(12, at, zone, Afd.Service.AVAILABLE);
        assertThat(began)
                .isEqualTo("0000000126" + "2026-03-02T08:00:00-0300" + "07")
                .hasSize(36);
        assertThat(Afd.service(13, at, zone, Afd.Service.UNAVAILABLE)).endsWith("08");
        assertThat(Afd.type(began)).isEqualTo(Afd.RecordType.EVENT);
    }
}
