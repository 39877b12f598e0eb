package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.vultus.access.signin.Lockout;

/** What {@link org.vultus.access.signin.Lockouts} must do. */
public abstract class LockoutsContract extends SiteContract {
    private static final String KEY = "password/name/0123/10.0.0.1";

    @Test
    void knowsNoFailuresOfANewKey() {
        assertThat(site.lockouts().find(KEY)).isEqualTo(Lockout.NONE);
    }

    @Test
    void keepsWhatTheChangeMakesOfTheOneBefore() {
        site.lockouts().update(KEY, before -> new Lockout(before.failures() + 4, null));
        assertThat(site.lockouts().find(KEY)).isEqualTo(new Lockout(4, null));

        site.lockouts().update(KEY, before -> new Lockout(before.failures() + 1, MONDAY));
        assertThat(site.lockouts().find(KEY)).isEqualTo(new Lockout(5, MONDAY));
        assertThat(site.lockouts().find(KEY + "1")).isEqualTo(Lockout.NONE);

        site.lockouts().update(KEY, before -> Lockout.NONE);
        assertThat(site.lockouts().find(KEY)).isEqualTo(Lockout.NONE);
    }

    @Test
    void countsEveryFailureOfMany() throws InterruptedException, ExecutionException {
        List<Future<?>> attempts = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 40; i++) {
                attempts.add(people.submit(() ->
                        site.lockouts().update(KEY, before -> new Lockout(before.failures() + 1, before.until()))));
            }
            for (Future<?> attempt : attempts) {
                attempt.get();
            }
        }

        assertThat(site.lockouts().find(KEY).failures()).isEqualTo(40);
    }

    @Test
    void forgetsAChangeWithTheWorkThatFails() {
        try {
            site.work().run(() -> {
                site.lockouts().update(KEY, before -> new Lockout(1, null));
                throw new IllegalStateException("the work fails");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("the work fails");
        }

        assertThat(site.lockouts().find(KEY)).isEqualTo(Lockout.NONE);
    }
}
