package org.vultus.store.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.keys.PayrollVault;

/** The outbox and the events: what happened is told, once to one server at a time, in an order without gaps. */
class SqlWebhooksTest {
    private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final TestDatabase database = TestDatabase.create();
    private final SqlSite site = SqlSite.over(database, Clock.systemUTC());
    private final SqlWebhooks webhooks = new SqlWebhooks(site.jdbc(), PayrollVault.open(site.jdbc(), site.siteKeys()));
    private final SqlEvents events = new SqlEvents(site.jdbc());
    private final UUID icu = UUID.randomUUID();
    private final UUID lab = UUID.randomUUID();
    private final UUID ana = UUID.randomUUID();
    private final UUID hook = UUID.randomUUID();

    @BeforeEach
    void begin() {
        site.departments().add(new Department(icu, "icu", "ICU", DepartmentPolicy.DEFAULT, true));
        site.departments().add(new Department(lab, "lab", "Lab", DepartmentPolicy.DEFAULT, true));
        site.subjects().add(new Subject(ana, "ana", "Ana", icu, Set.of(Role.STAFF), true));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void happen(Action action, UUID department) {
        site.audit().append(AuditEvent.done(action, Actor.SYSTEM, ana, department));
    }

    private void register(String... types) {
        webhooks.add(
                new SqlWebhooks.Webhook(hook, "https://hr.example/", Set.of(types), Instant.EPOCH, null),
                "whsec_c2VjcmV0",
                ana);
    }

    @Test
    void tellsWhatWasAskedForFromThenOnAndNothingThatWasUndone() {
        happen(Action.SUBJECT_CREATED, icu);
        register("person.changed", "timesheet.approved");
        happen(Action.SUBJECT_CREATED, icu);
        happen(Action.PASSWORD_CHANGED, icu);
        happen(Action.SUBJECT_CHANGED, icu);
        site.audit().append(AuditEvent.refused(Action.SUBJECT_CHANGED, Actor.SYSTEM, ana, icu, "no"));
        try {
            site.work().run(() -> {
                happen(Action.SUBJECT_CHANGED, icu);
                throw new IllegalStateException("undone");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("undone");
        }
        site.audit()
                .append(AuditEvent.done(Action.TIMESHEET_APPROVED, Actor.SYSTEM, ana, icu)
                        .with("from", "2026-03-01")
                        .with("to", "2026-03-31"));

        List<SqlWebhooks.Due> due = webhooks.lease(LATER, LEASE, 10);

        assertThat(due).extracting(one -> one.event().type()).containsExactly("person.changed", "timesheet.approved");
        assertThat(due.getFirst().secret()).isEqualTo("whsec_c2VjcmV0");
        assertThat(due.getFirst().event().username()).isEqualTo("ana");
        assertThat(due.getFirst().event().department()).isEqualTo("icu");
        assertThat(due.get(1).event().to()).hasToString("2026-03-31");
        assertThat(site.jdbc()
                        .sql("SELECT sealed_secret FROM webhooks")
                        .query((row, number) -> new String(row.getBytes("sealed_secret"), StandardCharsets.ISO_8859_1))
                        .single())
                .doesNotContain("whsec");
    }

    @Test
    void aLeaseIsOneServersUntilItIsOver() throws Exception {
        register("person.changed");
        for (int i = 0; i < 40; i++) {
            happen(Action.SUBJECT_CHANGED, icu);
        }
        List<Future<List<SqlWebhooks.Due>>> taken = new ArrayList<>();
        try (ExecutorService servers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                taken.add(servers.submit(() -> webhooks.lease(LATER, LEASE, 10)));
            }
        }
        List<UUID> ids = new ArrayList<>();
        for (Future<List<SqlWebhooks.Due>> one : taken) {
            one.get().forEach(due -> ids.add(due.id()));
        }
        ids.addAll(webhooks.lease(LATER, LEASE, 100).stream()
                .map(SqlWebhooks.Due::id)
                .toList());
        assertThat(ids).hasSize(40).doesNotHaveDuplicates();
        assertThat(webhooks.lease(LATER.plus(LEASE), LEASE, 100))
                .hasSize(40)
                .allSatisfy(due -> assertThat(due.attempt()).isEqualTo(2));
    }

    @Test
    void whatFailsWaitsOrIsPutAsideAndCanBeReplayed() {
        register("person.changed");
        happen(Action.SUBJECT_CHANGED, icu);
        happen(Action.SUBJECT_CHANGED, icu);
        List<SqlWebhooks.Due> due = webhooks.lease(LATER, LEASE, 10);
        UUID first = due.getFirst().id();
        UUID second = due.get(1).id();
        webhooks.delivered(first, 204, LATER);
        webhooks.failed(second, 500, "answered 500", LATER.plusSeconds(60), LATER);
        assertThat(webhooks.lease(LATER.plusSeconds(59), LEASE, 10)).isEmpty();
        assertThat(webhooks.lease(LATER.plusSeconds(60), LEASE, 10))
                .extracting(SqlWebhooks.Due::id)
                .containsExactly(second);
        webhooks.dead(second, null, "x".repeat(900), LATER);

        assertThat(webhooks.deliveries(hook, Optional.of(SqlWebhooks.State.DEAD), 10))
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.attempts()).isEqualTo(2);
                    assertThat(dead.failure()).hasSize(500);
                    assertThat(dead.answered()).isNull();
                });
        assertThat(webhooks.replay(hook, List.of(), LATER)).isEqualTo(1);
        assertThat(webhooks.replay(hook, List.of(first), LATER)).isEqualTo(1);
        assertThat(webhooks.replay(UUID.randomUUID(), List.of(first), LATER)).isZero();
        assertThat(webhooks.lease(LATER, LEASE, 10))
                .hasSize(2)
                .allSatisfy(again -> assertThat(again.attempt()).isEqualTo(1));
        webhooks.delivered(first, 200, LATER);
        assertThat(webhooks.forget(LATER.plusSeconds(1), LATER)).isEqualTo(1);
        assertThat(webhooks.remove(hook, LATER)).isTrue();
        assertThat(webhooks.remove(hook, LATER)).isFalse();
        assertThat(webhooks.inUse()).isEmpty();
        assertThat(webhooks.replay(hook, List.of(second), LATER)).isZero();
        assertThat(webhooks.lease(LATER.plus(LEASE), LEASE, 10)).isEmpty();
    }

    /** A reader who goes on from the last number that it saw misses nothing of what many writers commit meanwhile. */
    @Test
    void aCursorMissesNothingThatIsCommittedAtTheSameTime() throws Exception {
        int writers = 4;
        int each = 25;
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        List<Long> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers + 1)) {
            Future<?> reader = threads.submit(() -> {
                long after = 0;
                boolean last;
                begun.countDown();
                do {
                    last = done.get();
                    for (AttendanceEvent event : events.after(after, 7, new Scope.Everywhere())) {
                        seen.add(event.sequence());
                        after = event.sequence();
                        last = false;
                    }
                } while (!last);
            });
            begun.await();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        happen(n % 5 == 0 ? Action.PASSWORD_CHANGED : Action.SUBJECT_CHANGED, icu);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            done.set(true);
            reader.get();
        }
        assertThat(seen).hasSize(writers * each * 4 / 5).isSorted().doesNotHaveDuplicates();
        assertThat(events.after(0, 500, new Scope.Everywhere()))
                .extracting(AttendanceEvent::sequence)
                .isEqualTo(seen);
    }

    @Test
    void aManagerSeesTheirDepartmentAndAnErasedPersonHasNoName() {
        happen(Action.SUBJECT_CREATED, icu);
        happen(Action.SUBJECT_CHANGED, lab);
        assertThat(events.after(0, 10, new Scope.Within(lab))).hasSize(1);
        new SqlCalendars(site.jdbc()).store(ana, "0".repeat(64), LATER);
        site.records().destroy(ana, ana, Instant.EPOCH);
        assertThat(events.after(0, 10, new Scope.Everywhere())).allSatisfy(event -> {
            assertThat(event.subject()).isEqualTo(ana);
            assertThat(event.username()).isNull();
            assertThat(event.department()).isNull();
        });
        assertThat(new SqlCalendars(site.jdbc()).owner("0".repeat(64))).isEmpty();
    }
}
