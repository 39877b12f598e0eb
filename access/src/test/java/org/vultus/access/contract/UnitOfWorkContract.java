package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.vultus.access.subject.Department;

/** What {@link org.vultus.access.UnitOfWork} must do. */
public abstract class UnitOfWorkContract extends SiteContract {

    @Test
    void keepsWhatTheWorkStoredAndGivesItsResult() {
        Department icu = site.work().call(() -> department("icu"));

        assertThat(site.departments().list()).containsExactly(icu);
    }

    @Test
    void undoesEverythingWhenTheWorkThrows() {
        Department before = department("before");
        IllegalStateException fault = new IllegalStateException("the work fails");

        assertThatThrownBy(() -> site.work().run(() -> {
                    department("icu");
                    site.work().run(() -> department("lab"));
                    throw fault;
                }))
                .isSameAs(fault);

        assertThat(site.departments().list()).containsExactly(before);
    }

    @Test
    void undoesTheOuterWorkWhenTheInnerThrows() {
        assertThatThrownBy(() -> site.work().run(() -> {
                    department("icu");
                    site.work().run(() -> {
                        throw new IllegalStateException("the inner work fails");
                    });
                }))
                .hasMessage("the inner work fails");

        assertThat(site.departments().list()).isEmpty();
    }
}
