package org.vultus.store.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.enrol.Register;
import org.vultus.access.signin.Passwords;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.testkit.ManualClock;

class SqlPeopleTest {
    private static final Scope EVERYWHERE = new Scope.Everywhere();

    private TestDatabase database;
    private SqlSite site;
    private Subject ana;
    private Subject bea;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        site = SqlSite.over(database, new ManualClock(People.MONDAY));
        People people = new People(site);
        ana = people.person("ana");
        bea = people.person("bea");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTakenNameDoesNotUndoTheWorkAroundIt() {
        site.work().run(() -> {
            assertThat(site.subjects().add(named(UUID.randomUUID(), "ana"))).isFalse();
            assertThat(site.subjects().update(named(bea.id(), "ana"), EVERYWHERE))
                    .isFalse();
            assertThat(site.subjects().update(named(bea.id(), "beatriz"), EVERYWHERE))
                    .isTrue();
        });

        assertThat(site.subjects().findByUsername(" BEATRIZ ", EVERYWHERE)).isPresent();
    }

    @Test
    void aNameThatPostgresCannotCompareIsNobodys() {
        assertThat(site.subjects().findByUsername("an\0a", EVERYWHERE)).isEmpty();
        assertThat(site.register()
                        .list(new Register.Query("an\0a", Optional.empty(), 0, 10), EVERYWHERE)
                        .total())
                .isEqualTo(1);
    }

    @Test
    void thePasswordOfNobodyIsNotLostInSilence() {
        assertThatThrownBy(() -> site.passwords().store(UUID.randomUUID(), new Passwords.Stored("$argon2id$…", true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Subject named(UUID id, String username) {
        return new Subject(id, username, "Somebody", ana.department(), Set.of(Role.STAFF), true);
    }
}
