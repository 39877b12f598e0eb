package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.signin.Passwords.Stored;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Subject;

/** What {@link org.vultus.access.signin.Passwords} must do. */
public abstract class PasswordsContract extends SiteContract {

    @Test
    void keepsTheLatestOfEachPerson() {
        Department icu = department("icu");
        Subject ana = subject("ana", icu);
        Subject bea = subject("bea", icu);

        assertThat(site.passwords().find(ana.id())).isEmpty();
        assertThat(site.passwords().find(UUID.randomUUID())).isEmpty();

        site.passwords().store(ana.id(), new Stored("$argon2id$first", true));
        assertThat(site.passwords().find(ana.id())).contains(new Stored("$argon2id$first", true));

        site.passwords().store(ana.id(), new Stored("$argon2id$second", false));
        site.passwords().store(bea.id(), new Stored("$argon2id$third", true));
        assertThat(site.passwords().find(ana.id())).contains(new Stored("$argon2id$second", false));
        assertThat(site.passwords().find(bea.id())).contains(new Stored("$argon2id$third", true));
    }
}
