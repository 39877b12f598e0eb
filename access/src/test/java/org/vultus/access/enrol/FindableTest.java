package org.vultus.access.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Subject;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

class FindableTest {
    private final Hospital hospital = new Hospital();
    private final Subject ana = hospital.enrolled("ana", hospital.laboratory, PaintedFace.of(1));

    @Test
    void whoIsDeactivatedIsForgottenAndWhoIsReactivatedIsFoundAgain() {
        hospital.deactivate(ana);
        hospital.findable().refresh(ana.id());
        assertThat(found(hospital.laboratory.id())).isFalse();

        hospital.site.subjects().update(ana, Hospital.EVERYWHERE);
        hospital.findable().refresh(ana.id());
        assertThat(found(hospital.laboratory.id())).isTrue();
    }

    @Test
    void whoMovesIsFoundInTheNewDepartmentAlone() {
        hospital.move(ana, hospital.icu);
        hospital.site.references().move(ana.id(), hospital.icu.id());
        hospital.findable().refresh(ana.id());

        assertThat(found(hospital.icu.id())).isTrue();
        assertThat(found(hospital.laboratory.id())).isFalse();
    }

    @Test
    void whoMovedWithoutTheReferenceIsNotFound() {
        hospital.move(ana, hospital.icu);
        hospital.findable().refresh(ana.id());

        assertThat(hospital.gallery.size()).isZero();
    }

    @Test
    void nobodyWithoutABasisOrAReferenceIsFound() {
        hospital.site.bases().withdraw(ana.id(), ana.id(), hospital.clock.instant());
        hospital.findable().refresh(ana.id());
        hospital.findable().refresh(hospital.officer.id());
        hospital.findable().refresh(UUID.randomUUID());

        assertThat(hospital.gallery.size()).isZero();
    }

    private boolean found(UUID department) {
        return !hospital.gallery
                .search(PaintedNetworks.features(PaintedFace.of(1)), Set.of(department), 9)
                .isEmpty();
    }
}
