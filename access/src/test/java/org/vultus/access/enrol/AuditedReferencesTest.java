package org.vultus.access.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Subject;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

class AuditedReferencesTest {
    private final Hospital hospital = new Hospital();
    private final References references =
            new AuditedReferences(hospital.site.references(), hospital.site.audit(), hospital.site.work());

    @Test
    void everyReadingIsRememberedAndAWholeGalleryOnce() {
        Subject ana = hospital.enrolled("ana", hospital.icu, PaintedFace.of(1));
        hospital.enrolled("bea", hospital.icu, PaintedFace.of(2));

        assertThat(references.active(ana.id(), PaintedNetworks.EXTRACTOR)).isPresent();
        assertThat(references.active(UUID.randomUUID(), PaintedNetworks.EXTRACTOR))
                .isEmpty();
        assertThat(references.forEachActive(PaintedNetworks.EXTRACTOR, reference -> {}))
                .isZero();

        assertThat(hospital.events(Action.TEMPLATE_READ))
                .containsExactly(
                        AuditEvent.done(Action.TEMPLATE_READ, Actor.SYSTEM, ana.id(), hospital.icu.id()),
                        AuditEvent.refused(Action.TEMPLATE_READ, Actor.SYSTEM, null, null, "NONE"),
                        AuditEvent.done(Action.TEMPLATE_READ, Actor.SYSTEM, null, null)
                                .with("templates", "2"));
    }

    @Test
    void changesGoThrough() {
        Subject ana = hospital.enrolled("ana", hospital.icu, PaintedFace.of(1));

        references.move(ana.id(), hospital.laboratory.id());
        assertThat(hospital.site.references().active(ana.id(), PaintedNetworks.EXTRACTOR))
                .hasValueSatisfying(moved -> assertThat(moved.department()).isEqualTo(hospital.laboratory.id()));
        assertThat(references.revoke(ana.id(), hospital.clock.instant())).isTrue();
        assertThat(hospital.site.references().active(ana.id(), PaintedNetworks.EXTRACTOR))
                .isEmpty();
    }
}
