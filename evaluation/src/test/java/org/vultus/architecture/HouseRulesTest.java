package org.vultus.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vultus.architecture.fixture.Offender;
import org.vultus.architecture.fixture.OffenderManager;
import org.vultus.architecture.fixture.early.Early;
import org.vultus.architecture.fixture.late.Late;
import org.vultus.architecture.fixture.util.Vague;

/** Every house rule reports a class that breaks it, and by the name of what is wrong. */
class HouseRulesTest {
    private static final String FIXTURE = "org.vultus.architecture.fixture";

    static Stream<Arguments> offences() {
        List<String> flow = List.of("early", "late");
        return Stream.of(
                arguments(
                        HouseRules.modulesSeeOnly(FIXTURE, Map.of("early", Set.of(), "late", Set.of("early"))),
                        Early.class,
                        "Late"),
                arguments(HouseRules.modulesSeeOnly(FIXTURE, Map.of("early", Set.of())), Late.class, "no known module"),
                arguments(HouseRules.packagesFollow(FIXTURE, flow).getFirst(), Early.class, "Late"),
                arguments(HouseRules.seesNoStage(FIXTURE, "early", List.of("late")), Early.class, "Late"),
                arguments(HouseRules.noPackageCycles(FIXTURE), Early.class, "Cycle"),
                arguments(HouseRules.noFloatArraysInSignatures(), Offender.class, "Offender.features"),
                arguments(HouseRules.noFloatArraysInSignatures(), Offender.class, "Offender.batch"),
                arguments(HouseRules.noUntypedMapsInSignatures(), Offender.class, "Offender.settings"),
                arguments(HouseRules.noUntypedMapsInSignatures(), Offender.class, "Offender.nested"),
                arguments(HouseRules.namesSaySomething(), OffenderManager.class, "OffenderManager"),
                arguments(HouseRules.namesSaySomething(), Vague.class, "fixture.util"),
                arguments(HouseRules.onlyTheCommandLinePrints(), Offender.class, "System.out"),
                arguments(HouseRules.noStrayLogging(), Offender.class, "printStackTrace"),
                arguments(HouseRules.noStrayLogging(), Offender.class, "java.util.logging"),
                arguments(HouseRules.nobodySleeps(), Offender.class, "sleep"),
                arguments(HouseRules.timeComesFromAClock(), Offender.class, "Instant.now"),
                arguments(HouseRules.timeComesFromAClock(), Offender.class, "currentTimeMillis"),
                arguments(HouseRules.theRuntimeIsSilent(), Offender.class, "OrtEnvironment.getEnvironment"),
                arguments(HouseRules.packagesAreNullMarked(), Offender.class, "not @NullMarked"));
    }

    @ParameterizedTest
    @MethodSource("offences")
    void reports(ArchRule rule, Class<?> offender, String named) {
        var classes = new ClassFileImporter().importClasses(offender, Late.class);
        assertThat(rule.evaluate(classes).getFailureReport().getDetails())
                .anySatisfy(detail -> assertThat(detail).contains(named));
    }

    static Stream<ArchRule> signatureRules() {
        return Stream.of(HouseRules.noFloatArraysInSignatures(), HouseRules.noUntypedMapsInSignatures());
    }

    @ParameterizedTest
    @MethodSource("signatureRules")
    void privateSignaturesAreFree(ArchRule rule) {
        var classes = new ClassFileImporter().importClasses(Offender.class);
        assertThat(rule.evaluate(classes).getFailureReport().getDetails())
                .noneSatisfy(detail -> assertThat(detail).contains("inside"));
    }

    @Test
    void aGivenClockMayBeRead() {
        var classes = new ClassFileImporter().importClasses(Late.class);
        assertThat(HouseRules.timeComesFromAClock().evaluate(classes).hasViolation())
                .isFalse();
    }
}
