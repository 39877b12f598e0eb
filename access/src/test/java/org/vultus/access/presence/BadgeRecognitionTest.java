package org.vultus.access.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Subject;

class BadgeRecognitionTest {
    private final Hospital hospital = new Hospital();
    private final Subject ana = hospital.person("ana", hospital.icu);
    private final Subject bea = hospital.person("bea", hospital.laboratory);
    private final Map<String, UUID> given = new HashMap<>();
    private final Device kiosk =
            new Device(new UUID(7, 7), Set.of(hospital.icu.id()), new Actor(null, "10.0.0.1", "door"));
    private final BadgeRecognition badges = new BadgeRecognition(
            hospital.site.subjects(),
            hospital.site.departments(),
            new Badges() {
                @Override
                public Optional<UUID> find(String number) {
                    return Optional.ofNullable(given.get(number));
                }

                @Override
                public Optional<Instant> givenAt(UUID subject) {
                    throw new AssertionError("nobody asks here");
                }

                @Override
                public boolean store(UUID subject, String number, Instant at) {
                    UUID before = given.get(number);
                    if (before != null && !before.equals(subject)) {
                        return false;
                    }
                    remove(subject);
                    given.put(number, subject);
                    return true;
                }

                @Override
                public boolean remove(UUID subject) {
                    return given.values().removeIf(subject::equals);
                }
            },
            hospital.site.lockouts(),
            hospital.site.audit(),
            hospital.site.work(),
            hospital.clock);

    @ParameterizedTest
    @ValueSource(strings = {"04A1B2C3", "04a1b2c3", " 04A1B2C3\r\n", ";04A1-B2C3?", "04:A1:B2:C3"})
    void readersMayDecorateTheNumber(String read) {
        assertThat(badges.give(ana, "04-A1-B2-C3", hospital.byOfficer)).isTrue();
        assertThat(badges.recognise(read, kiosk)).isInstanceOfSatisfying(Recognition.Recognised.class, found -> {
            assertThat(found.present().subject()).isEqualTo(ana);
            assertThat(found.present().means()).isEqualTo(Present.Means.BADGE);
            assertThat(found.present().device()).isEqualTo(kiosk.id());
        });
    }

    @Test
    void itServesAtAKioskOfItsDepartmentWhileThePersonIsActive() {
        badges.give(bea, "20000001", hospital.byOfficer);
        assertThat(badges.recognise("20000001", kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        badges.give(ana, "10000001", hospital.byOfficer);
        hospital.deactivate(ana);
        assertThat(badges.recognise("10000001", kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(hospital.events(Action.PUNCH))
                .extracting(event -> event.detail().get("reason"))
                .containsExactly("UNKNOWN_BADGE", "NOT_ACTIVE");
        assertThat(hospital.events(Action.PUNCH).toString()).doesNotContain("20000001");
    }

    @Test
    void aNewOneReplacesTheOldAndALostOneIsNobodys() {
        badges.give(ana, "10000001", hospital.byOfficer);
        badges.give(ana, "10000002", hospital.byOfficer);
        assertThat(badges.recognise("10000001", kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(badges.recognise("10000002", kiosk)).isInstanceOf(Recognition.Recognised.class);
        badges.take(ana, hospital.byOfficer);
        badges.take(ana, hospital.byOfficer);
        assertThat(badges.recognise("10000002", kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(hospital.events(Action.BADGE_CHANGED)).hasSize(3);
    }

    @Test
    void nobodyGetsAnothersBadge() {
        assertThat(badges.give(bea, "10000001", hospital.byOfficer)).isTrue();
        assertThat(badges.give(ana, "1000-0001", hospital.byOfficer)).isFalse();
        assertThat(hospital.events(Action.BADGE_CHANGED)).hasSize(1);
        for (String number : List.of("", "123", "---", "9".repeat(65))) {
            assertThatThrownBy(() -> badges.give(ana, number, hospital.byOfficer))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whoTriesNumbersMakesTheKioskWait() {
        badges.give(ana, "10000001", hospital.byOfficer);
        for (int i = 0; i < 10; i++) {
            assertThat(badges.recognise("9000000" + i, kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        }
        assertThat(badges.recognise("10000001", kiosk)).isInstanceOf(Recognition.Locked.class);
        hospital.clock.advance(Duration.ofSeconds(5));
        assertThat(badges.recognise("10000001", kiosk)).isInstanceOf(Recognition.Recognised.class);
        assertThat(hospital.site.lockoutKeys()).isEmpty();
    }
}
