package org.vultus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditChain;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditVerdict;
import org.vultus.access.audit.AuditVerifier;

class AuditFileTest {

    /** Exports of version 1 must verify for ever; if this fails, the format was changed, and that needs a version 2. */
    @Test
    void theFrozenExportStillVerifies() throws IOException {
        assertThat(verdict(frozen())).isEqualTo(new AuditVerdict.Intact(1, 5, 2, 4));
    }

    @Test
    void theFrozenExportIsWhatWouldBeWrittenToday() throws IOException {
        try (AuditFileReader reader = new AuditFileReader(new ByteArrayInputStream(frozen()))) {
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            AuditFile.write(reader.header(), entries(reader).stream(), again);
            assertThat(again.toString(StandardCharsets.UTF_8)).isEqualTo(new String(frozen(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theSampleOfTheTestsIsReadBackAsItWas() throws IOException {
        SignedTrail trail = SignedTrail.of(7, 3);
        try (AuditFileReader reader = new AuditFileReader(new ByteArrayInputStream(trail.bytes()))) {
            assertThat(reader.header()).isEqualTo(trail.header());
            assertThat(entries(reader)).isEqualTo(trail.entries());
        }
        assertThat(verdict(trail.bytes())).isEqualTo(new AuditVerdict.Intact(1, 7, 2, 6));
    }

    /** What is hashed is what is read back, whatever the text: quotes, line ends, other scripts, nothing. */
    @Property(tries = 200, seed = "20261121")
    void everyTextSurvives(
            @ForAll @Size(max = 5) List<String> texts, @ForAll @IntRange(min = 0, max = 999_999) int micros)
            throws IOException {
        TreeMap<String, String> detail = new TreeMap<>();
        texts.forEach(text -> detail.put(sound(text), sound(text)));
        String device = texts.isEmpty() ? null : sound(texts.getFirst());
        AuditEvent event =
                new AuditEvent(Action.FACE_SIGN_IN, new Actor(null, null, device), null, null, false, detail);
        Instant at = Instant.parse("2026-03-01T12:00:00Z").plusNanos(micros * 1000L);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditFile.write(
                new AuditFile.Header(at, new TreeMap<>()),
                Stream.of(new AuditEntry.Event(AuditChain.next(1, at, event, AuditChain.GENESIS))),
                out);
        assertThat(verdict(out.toByteArray())).isEqualTo(new AuditVerdict.Intact(1, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "accepted":true        | "accepted":false
            "action":"ENROLMENT"   | "action":"TEMPLATE_REVOKED"
            "address":"192.0.2.3"  | "address":null
            "reason":"NOT_MATCHED" | "reason":"UNKNOWN"
            "device":"tablet \\"a\\"" | "device":"tablet"
            :00.000003Z            | :00.000004Z
            """)
    void aChangedFieldIsFound(String before, String after) throws IOException {
        String text = new String(SignedTrail.of(7, 3).bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        assertThat(verdict(text.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after))
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(AuditVerdict.Broken.class);
    }

    @Test
    void aLineThatIsMissingIsFound() throws IOException {
        List<String> lines = lines(SignedTrail.of(7, 3));
        // The header, records 1 to 3, a checkpoint, record 4 and so on.
        for (int i = 1; i < lines.size() - 1; i++) {
            List<String> fewer = new ArrayList<>(lines);
            String gone = fewer.remove(i);
            AuditVerdict verdict = verdict(fewer);
            if (gone.startsWith("{\"checkpoint\"")) {
                assertThat(verdict).isInstanceOf(AuditVerdict.Intact.class);
            } else if (i == 1) {
                assertThat(verdict).isEqualTo(new AuditVerdict.Intact(2, 7, 2, 6));
            } else {
                assertThat(verdict).isInstanceOf(AuditVerdict.Broken.class);
            }
        }
    }

    @Test
    void linesThatChangedPlacesAreFound() throws IOException {
        List<String> lines = new ArrayList<>(lines(SignedTrail.of(7, 3)));
        lines.add(2, lines.remove(3));
        assertThat(verdict(lines)).isEqualTo(new AuditVerdict.Broken(3, "record 3 follows record 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not JSON",
                "{\"format\":\"something-else\",\"version\":1}",
                "{\"format\":\"vultus-audit\",\"version\":2,\"exported_at\":\"2026-01-01T00:00:00Z\",\"keys\":[]}",
                "{\"format\":\"vultus-audit\",\"version\":1,\"exported_at\":\"yesterday\",\"keys\":[]}",
                "{\"format\":\"vultus-audit\",\"version\":1,\"exported_at\":\"2026-01-01T00:00:00Z\","
                        + "\"keys\":[{\"id\":\"a\",\"public_key\":\"AAAA\"}]}",
                "{\"format\":\"vultus-audit\",\"version\":1,\"exported_at\":\"2026-01-01T00:00:00Z\",\"keys\":null}"
            })
    void whatIsNoExportIsRefused(String header) {
        assertThatThrownBy(() ->
                        new AuditFileReader(new ByteArrayInputStream(header.getBytes(StandardCharsets.UTF_8))).close())
                .isInstanceOf(AuditFileException.class)
                .hasMessageStartingWith("line 1 ");
    }

    /** Nothing may stand in a record that the hash does not cover, and nothing may stand twice. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "accepted":true | "accepted":true,"comment":"all is well"
            "accepted":true | "accepted":true,"accepted":true
            "accepted":true | "accepted":null
            "accepted":true, | ''
            "actor":{ | "actor":null,"x":{
            """)
    void aRecordHasTheFieldsOfTheFormat(String before, String after) {
        String text = new String(SignedTrail.of(7, 3).bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        byte[] changed = text.replace(before, after).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> verdict(changed))
                .isInstanceOf(AuditFileException.class)
                .hasMessageStartingWith("line 2 cannot be read");
    }

    @Test
    void anExportThatWasCutOffIsNoExport() {
        byte[] whole = SignedTrail.of(7, 3).bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 20);
        assertThatThrownBy(() -> verdict(cut))
                .isInstanceOf(AuditFileException.class)
                .hasMessageStartingWith("line 10 ");
    }

    @Test
    void onlyUtf8IsText() {
        byte[] bytes = SignedTrail.of(1, 3).bytes();
        bytes[bytes.length - 10] = (byte) 0xff;
        assertThatThrownBy(() -> verdict(bytes)).isInstanceOf(AuditFileException.class);
    }

    private static AuditVerdict verdict(List<String> lines) throws IOException {
        return verdict(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static AuditVerdict verdict(byte[] export) throws IOException {
        try (AuditFileReader reader = new AuditFileReader(new ByteArrayInputStream(export))) {
            AuditVerifier verifier = new AuditVerifier(reader.header().keys());
            for (AuditEntry entry : entries(reader)) {
                switch (entry) {
                    case AuditEntry.Event(var record) -> verifier.accept(record);
                    case AuditEntry.Signed(var checkpoint) -> verifier.accept(checkpoint);
                }
            }
            return verifier.verdict();
        }
    }

    private static List<AuditEntry> entries(AuditFileReader reader) throws IOException {
        List<AuditEntry> entries = new ArrayList<>();
        for (AuditEntry entry = reader.next(); entry != null; entry = reader.next()) {
            entries.add(entry);
        }
        return entries;
    }

    private static List<String> lines(SignedTrail trail) {
        return new String(trail.bytes(), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] frozen() throws IOException {
        try (InputStream in = AuditFileTest.class.getResourceAsStream("audit-version-1.jsonl")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /** PostgreSQL keeps no text that is not Unicode, so no half of a surrogate pair reaches an export. */
    private static String sound(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
