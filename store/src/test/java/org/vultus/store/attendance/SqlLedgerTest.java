package org.vultus.store.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.brazil.Afd;
import org.vultus.attendance.brazil.Cpf;
import org.vultus.attendance.brazil.Employer;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskCredential;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.keys.PayrollVault;
import org.vultus.store.keys.SealBroken;

/** The register of marks: one sequence, one chain, nothing in clear, nothing undone. */
class SqlLedgerTest {
    private static final Instant AT = Instant.parse("2026-03-02T12:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final Cpf CPF = new Cpf("52998224725");
    private static final Cpf BOSS = new Cpf("11144477735");
    private static final Employer EMPLOYER =
            new Employer(Employer.Kind.CNPJ, "11222333000181", null, "Hospital", "Rua A", ZONE);

    private final TestDatabase database = TestDatabase.create();
    private final SqlSite site = SqlSite.over(database, Clock.systemUTC());
    private final PayrollVault vault = PayrollVault.open(site.jdbc(), site.siteKeys());
    private final SqlLedger ledger = new SqlLedger(site.jdbc(), site.work(), vault);
    private final SqlPunches punches = new SqlPunches(site.jdbc(), site.work(), ledger);
    private final UUID department = UUID.randomUUID();
    private final UUID door = UUID.randomUUID();

    @BeforeEach
    void begin() {
        site.departments().add(new Department(department, "icu", "ICU", DepartmentPolicy.DEFAULT, true));
        new SqlKiosks(site.jdbc())
                .add(new Kiosk(door, "door", "main", ZONE, Set.of(department), AT, null), KioskCredential.generate());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Subject person(String username) {
        Subject subject =
                new Subject(UUID.randomUUID(), username, "Name of " + username, department, Set.of(Role.STAFF), true);
        site.subjects().add(subject);
        return subject;
    }

    private Punch punch(Subject subject, int second) {
        Instant at = AT.plusSeconds(second);
        return new Punch(
                UUID.randomUUID(), null, subject.id(), department, at, at, door, Method.FACE, null, null, null);
    }

    private List<String> records() {
        return ledger.records("main", AT.minusSeconds(1), AT.plusSeconds(9_999));
    }

    private static String kinds(List<String> records) {
        StringBuilder kinds = new StringBuilder();
        records.forEach(
                record -> kinds.append(record.charAt(9)).append(record.charAt(9) == '5' ? record.charAt(34) : ' '));
        return kinds.toString();
    }

    private static @Nullable Long number(String record) {
        return Long.valueOf(record.substring(0, 9));
    }

    @Test
    void beginsWithTheEmployerAndAnnouncesPeopleBeforeTheirFirstMark() {
        Subject ana = person("ana");
        assertThat(punches.add(punch(ana, 0)).nsr()).isEqualTo(1);
        assertThat(records()).isEmpty();

        ledger.name("main", EMPLOYER, BOSS, AT);
        ledger.name("main", EMPLOYER, BOSS, AT);
        assertThat(ledger.employers()).containsOnlyKeys("main").containsValue(EMPLOYER);
        Punch unknown = punches.add(punch(ana, 60));
        ledger.store(ana.id(), CPF, BOSS, AT);
        Punch first = punches.add(punch(ana, 120));
        assertThat(punches.add(first)).isEqualTo(first);
        punches.add(punch(ana, 180));
        site.subjects()
                .update(
                        new Subject(ana.id(), "ana", "Ana Nova", department, Set.of(Role.STAFF), true),
                        new Scope.Everywhere());
        punches.add(punch(ana, 240));
        assertThat(ledger.remove(ana.id(), BOSS, AT.plusSeconds(300))).isTrue();
        assertThat(ledger.remove(ana.id(), BOSS, AT)).isFalse();
        ledger.store(ana.id(), CPF, BOSS, AT);
        punches.add(punch(ana, 360));

        List<String> records = records();
        assertThat(kinds(records)).isEqualTo("2 7 5I7 7 5A7 5E5I7 ");
        assertThat(records).extracting(SqlLedgerTest::number).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(records.get(1)).contains("-0300000000000000");
        assertThat(first.nsr()).isEqualTo(5);
        assertThat(Afd.chained(records.stream().filter(r -> r.charAt(9) == '7').toList(), null))
                .isTrue();
        assertThat(ledger.mark(unknown.eventId()).orElseThrow().record()).isEqualTo(records.get(1));
        assertThat(ledger.mark(first.eventId()).orElseThrow().employer()).isEqualTo(EMPLOYER);
        assertThat(ledger.records("main", AT.plusSeconds(120), AT.plusSeconds(121)))
                .hasSize(2);
    }

    @Test
    void keepsOneChainHoweverManyPunchAtOnce() throws Exception {
        ledger.name("main", EMPLOYER, BOSS, AT);
        List<Subject> people = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Subject one = person("p" + i);
            ledger.store(one.id(), CPF, BOSS, AT);
            people.add(one);
        }
        List<Future<Punch>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 30; i++) {
                Punch punch = punch(people.get(i % 6), i);
                done.add(threads.submit(() -> punches.add(punch)));
            }
        }
        for (Future<Punch> one : done) {
            assertThat(one.get().nsr()).isNotNull();
        }
        List<String> records = records();
        assertThat(records).hasSize(1 + 6 + 30);
        for (int i = 0; i < records.size(); i++) {
            assertThat(number(records.get(i))).isEqualTo(i + 1L);
        }
        assertThat(Afd.chained(records.stream().filter(r -> r.charAt(9) == '7').toList(), null))
                .isTrue();
    }

    @Test
    void theDatabaseHoldsNoCpfInClearAndNobodyUndoesARecord() {
        ledger.name("main", EMPLOYER, BOSS, AT);
        Subject ana = person("ana");
        ledger.store(ana.id(), CPF, BOSS, AT);
        punches.add(punch(ana, 0));
        for (String table : List.of("attendance_employers", "attendance_afd", "attendance_tax_numbers")) {
            List<byte[]> sealed = site.jdbc()
                    .sql("SELECT sealed FROM " + table)
                    .query((row, number) -> row.getBytes("sealed"))
                    .list();
            assertThat(sealed)
                    .isNotEmpty()
                    .allSatisfy(bytes -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                            .doesNotContain(CPF.digits(), BOSS.digits(), "11222333000181"));
        }
        for (String table : List.of("attendance_employers", "attendance_afd")) {
            assertThatThrownBy(() -> site.jdbc().sql("DELETE FROM " + table).update())
                    .isInstanceOf(DataAccessException.class);
        }
        Subject eva = person("eva");
        site.jdbc()
                .sql("INSERT INTO attendance_tax_numbers SELECT ?, sealed, recorded_at FROM attendance_tax_numbers")
                .param(eva.id())
                .update();
        assertThatThrownBy(() -> ledger.find(eva.id())).isInstanceOf(SealBroken.class);
    }

    @Test
    void erasureForgetsTheNumberAndKeepsTheRecords() {
        ledger.name("main", EMPLOYER, BOSS, AT);
        Subject ana = person("ana");
        ledger.store(ana.id(), CPF, BOSS, AT);
        punches.add(punch(ana, 0));
        assertThat(ledger.find(List.of(ana.id()))).containsEntry(ana.id(), CPF);

        assertThat(site.records().destroy(ana.id(), ana.id(), AT)).isPresent();

        assertThat(ledger.find(ana.id())).isEmpty();
        assertThat(records()).hasSize(3);
    }

    @Test
    void theKeyIsWrappedAnewWithTheSitesAndOpensAfterwards() {
        Subject ana = person("ana");
        ledger.store(ana.id(), CPF, BOSS, AT);
        site.siteKeys().addKey(site.jdbc());
        assertThat(site.siteKeys().disableOldKeys(site.jdbc())).isFalse();
        vault.rewrap();
        assertThat(site.siteKeys().disableOldKeys(site.jdbc())).isTrue();
        assertThat(new SqlLedger(site.jdbc(), site.work(), PayrollVault.open(site.jdbc(), site.siteKeys()))
                        .find(ana.id()))
                .contains(CPF);
    }

    @Test
    void theFirstServerBeginsTheServiceAndTheLastEndsIt() {
        Clock clock = Clock.fixed(AT, ZoneId.of("UTC"));
        try (ServiceRecords nobodys = ServiceRecords.begin(database.dataSource(), ledger, clock)) {
            assertThat(records()).isEmpty();
            assertThat(nobodys).isNotNull();
        }
        ledger.name("main", EMPLOYER, BOSS, AT);
        ServiceRecords first = ServiceRecords.begin(database.dataSource(), ledger, clock);
        ServiceRecords second = ServiceRecords.begin(database.dataSource(), ledger, clock);
        punches.add(punch(person("ana"), 0));
        first.close();
        assertThat(kinds(records())).isEqualTo("2 6 7 ");
        second.close();
        assertThat(kinds(records())).isEqualTo("2 6 7 6 ");
        assertThat(records().get(1)).endsWith("07").startsWith("000000002");
        assertThat(records().get(3)).endsWith("08").startsWith("000000004");
        ServiceRecords.begin(database.dataSource(), ledger, clock).close();
        assertThat(kinds(records())).isEqualTo("2 6 7 6 6 6 ");
    }
}
