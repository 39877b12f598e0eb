package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.privacy.PrivacyRequest.Kind;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Subject;

/** What {@link org.vultus.access.privacy.PrivacyRequests} must do. */
public abstract class PrivacyRequestsContract extends SiteContract {
    private Subject ana;
    private Subject bea;

    @BeforeEach
    void people() {
        Department icu = department("icu");
        ana = subject("ana", icu);
        bea = subject("bea", icu);
    }

    @Test
    void keepsOneOpenRequestOfEachKindForEachPerson() {
        PrivacyRequest first = request(ana, Kind.ERASURE, MONDAY);
        PrivacyRequest objection = request(ana, Kind.OBJECTION, MONDAY.plusSeconds(1));
        PrivacyRequest beas = request(bea, Kind.ERASURE, MONDAY.minusSeconds(1));

        assertThat(site.requests().add(first)).isTrue();
        assertThat(site.requests().add(request(ana, Kind.ERASURE, MONDAY.plusSeconds(5))))
                .isFalse();
        assertThat(site.requests().add(objection)).isTrue();
        assertThat(site.requests().add(beas)).isTrue();

        assertThat(site.requests().of(ana.id())).containsExactly(first, objection);
        assertThat(site.requests().open()).containsExactly(beas, first, objection);
        assertThat(site.requests().find(first.id())).contains(first);
        assertThat(site.requests().find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void isAnsweredOnceAndMayThenBeAskedAgain() {
        PrivacyRequest first = request(ana, Kind.ERASURE, MONDAY);
        site.requests().add(first);

        assertThat(site.requests().answer(first.id(), "The law asks for it.", bea.id(), MONDAY.plusSeconds(9)))
                .isTrue();
        assertThat(site.requests().answer(first.id(), "Another.", bea.id(), MONDAY.plusSeconds(10)))
                .isFalse();
        assertThat(site.requests().answer(UUID.randomUUID(), "Another.", bea.id(), MONDAY))
                .isFalse();

        assertThat(site.requests().find(first.id()))
                .contains(new PrivacyRequest(
                        first.id(),
                        ana.id(),
                        Kind.ERASURE,
                        first.words(),
                        MONDAY,
                        MONDAY.plusSeconds(9),
                        "The law asks for it."));
        assertThat(site.requests().open()).isEmpty();
        assertThat(site.requests().add(request(ana, Kind.ERASURE, MONDAY.plusSeconds(20))))
                .isTrue();
    }

    private static PrivacyRequest request(Subject subject, Kind kind, Instant at) {
        return new PrivacyRequest(UUID.randomUUID(), subject.id(), kind, "words of " + kind, at, null, null);
    }
}
