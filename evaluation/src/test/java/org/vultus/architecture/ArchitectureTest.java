package org.vultus.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules, applied to the main code of every module. {@link HouseRulesTest} shows that each can fail. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // What JMH's annotation processor writes.
            .withImportOption(location -> !location.contains("/jmh_generated/"))
            .importPackages("org.vultus");
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    static Stream<ArchRule> rules() {
        String biometrics = "org.vultus.biometrics";
        return Stream.concat(
                HouseRules.packagesFollow(biometrics, HouseRules.BIOMETRICS_FLOW).stream(),
                Stream.of(
                        HouseRules.seesNoStage(biometrics, "outcome", HouseRules.BIOMETRICS_FLOW),
                        HouseRules.seesNoStage(biometrics, "trace", HouseRules.BIOMETRICS_FLOW),
                        HouseRules.modulesSeeOnly("org.vultus", HouseRules.MODULE_EDGES),
                        HouseRules.noPackageCycles("org.vultus"),
                        HouseRules.onlyOnnxKnowsTheRuntime(),
                        HouseRules.theRuntimeIsSilent(),
                        HouseRules.noFloatArraysInSignatures(),
                        HouseRules.noUntypedMapsInSignatures(),
                        HouseRules.namesSaySomething(),
                        HouseRules.onlyTheCommandLinePrints(),
                        HouseRules.noStrayLogging(),
                        HouseRules.nobodySleeps(),
                        HouseRules.timeComesFromAClock(),
                        HouseRules.packagesAreNullMarked()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(PRODUCT);
    }

    @Test
    void theRulesSeeTheProduct() {
        assertThat(PRODUCT.contain("org.vultus.biometrics.image.RgbImage")).isTrue();
    }

    @Test
    void noTestIsSwitchedOff() {
        assertThat(sources("src/test/java"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).content().doesNotContain("@" + "Disabled"));
    }

    @Test
    void everyPackageSaysWhatItDoes() {
        assertThat(sources("src/main/java"))
                .filteredOn(file -> file.endsWith("package-info.java"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).content().startsWith("/**"));
    }

    private static List<Path> sources(String folder) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .flatMap(ArchitectureTest::javaFiles)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
