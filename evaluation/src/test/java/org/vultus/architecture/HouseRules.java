package org.vultus.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.onnxruntime.OrtEnvironment;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of CONTRIBUTING.md that a machine can check. Each is applied to the product and shown to bite on a fixture. */
final class HouseRules {

    /** The modules and the modules that each may see, itself apart. A new module adds its line. */
    static final Map<String, Set<String>> MODULE_EDGES = Map.ofEntries(
            Map.entry("models", Set.of()),
            Map.entry("biometrics", Set.of()),
            Map.entry("onnx", Set.of("biometrics")),
            Map.entry("access", Set.of("biometrics")),
            Map.entry("attendance", Set.of("access")),
            Map.entry("store", Set.of("biometrics", "access", "attendance")),
            Map.entry("web", Set.of()),
            Map.entry("server", Set.of("models", "biometrics", "onnx", "access", "attendance", "store", "web")),
            Map.entry(
                    "testkit",
                    Set.of("models", "biometrics", "onnx", "access", "attendance", "store", "server", "evaluation")),
            Map.entry(
                    "evaluation",
                    Set.of("models", "biometrics", "onnx", "access", "attendance", "store", "server", "testkit")));

    /** The order in which data flows; a package sees only what comes before it, and {@code outcome} and {@code trace}. */
    static final List<String> BIOMETRICS_FLOW =
            List.of("image", "clip", "detect", "quality", "liveness", "embed", "match", "decide", "pipeline");

    private static final Pattern VAGUE_NAME = Pattern.compile("\\w*(Util|Utils|Helper|Manager|Impl)");
    private static final Set<String> VAGUE_PACKAGES = Set.of("common", "util");

    private HouseRules() {}

    static ArchRule modulesSeeOnly(String base, Map<String, Set<String>> edges) {
        return classes().that().resideInAPackage(base + "..").should(new ArchCondition<>("keep the module edges") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String from = segmentAfter(base, item);
                Set<String> seen = edges.get(from);
                if (seen == null) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " belongs to no known module"));
                    return;
                }
                item.getDirectDependenciesFromSelf().stream()
                        .filter(d -> d.getTargetClass().getPackageName().startsWith(base + "."))
                        .filter(d -> {
                            String to = segmentAfter(base, d.getTargetClass());
                            return !to.equals(from) && !seen.contains(to);
                        })
                        .forEach(d -> events.add(SimpleConditionEvent.violated(item, d.getDescription())));
            }
        });
    }

    static List<ArchRule> packagesFollow(String base, List<String> flow) {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i + 1 < flow.size(); i++) {
            String[] later = flow.subList(i + 1, flow.size()).stream()
                    .map(name -> base + "." + name + "..")
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(base + "." + flow.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .allowEmptyShould(true));
        }
        return rules;
    }

    /** Packages that every stage may use and that therefore use no stage. */
    static ArchRule seesNoStage(String base, String name, List<String> flow) {
        return noClasses()
                .that()
                .resideInAPackage(base + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        flow.stream().map(stage -> base + "." + stage + "..").toArray(String[]::new))
                .allowEmptyShould(true);
    }

    static ArchRule noPackageCycles(String base) {
        return slices().matching(base + ".(**)").should().beFreeOfCycles();
    }

    static ArchRule onlyOnnxKnowsTheRuntime() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.vultus.onnx..")
                .should(dependOnClassesThat(resideInAPackage("ai.onnxruntime..")));
    }

    /** Whoever makes the runtime's environment by another way than {@code SilentRuntime} lets it report to its maker. */
    static ArchRule theRuntimeIsSilent() {
        return noClasses()
                .that(describe("are not SilentRuntime", c -> !c.getName().startsWith("org.vultus.onnx.SilentRuntime")))
                .should(accessTargetWhere(describe(
                        "OrtEnvironment.getEnvironment is called",
                        access -> access.getTargetOwner().isEquivalentTo(OrtEnvironment.class)
                                && access.getName().equals("getEnvironment"))));
    }

    /** Features travel as {@code FeatureVector}; a bare array tells neither its extractor nor its length. */
    static ArchRule noFloatArraysInSignatures() {
        return classes()
                .that(describe(
                        "belong to the product and not to embed, match or onnx",
                        c -> !resideInAnyPackage(
                                        "org.vultus.biometrics.embed..",
                                        "org.vultus.biometrics.match..",
                                        "org.vultus.onnx..",
                                        "org.vultus.evaluation..",
                                        "org.vultus.testkit..")
                                .test(c)))
                .should(haveNoPublicSignature("with float[]", HouseRules::mentionsFloatArray));
    }

    static ArchRule noUntypedMapsInSignatures() {
        return classes().should(haveNoPublicSignature("with Map<String, Object>", HouseRules::mentionsUntypedMap));
    }

    static ArchRule namesSaySomething() {
        return noClasses()
                .should()
                .haveNameMatching(".*[.$]" + VAGUE_NAME.pattern())
                .orShould(new ArchCondition<>("reside in a package named common or util") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        boolean vague = Stream.of(item.getPackageName().split("\\.", -1))
                                .anyMatch(VAGUE_PACKAGES::contains);
                        events.add(new SimpleConditionEvent(
                                item, vague, item.getName() + " resides in " + item.getPackageName()));
                    }
                });
    }

    static ArchRule onlyTheCommandLinePrints() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("org.vultus.evaluation..", "org.vultus.server.command..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    static ArchRule noStrayLogging() {
        return noClasses()
                .should(dependOnClassesThat(resideInAPackage("java.util.logging..")))
                .orShould(accessTargetWhere(describe(
                        "printStackTrace is called", access -> access.getName().equals("printStackTrace"))));
    }

    static ArchRule nobodySleeps() {
        return classes()
                .should(never(accessTargetWhere(describe(
                        "Thread.sleep is called",
                        access -> access.getTargetOwner().isEquivalentTo(Thread.class)
                                && access.getName().equals("sleep")))));
    }

    /** Time comes from an injected {@link Clock}, or tests could not set it. */
    static ArchRule timeComesFromAClock() {
        return classes()
                .should(never(accessTargetWhere(describe(
                        "the machine's time is read past the injected Clock", HouseRules::readsTheWallClock))));
    }

    static ArchRule packagesAreNullMarked() {
        return classes().should(new ArchCondition<>("reside in a package marked @NullMarked by its package-info") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(new SimpleConditionEvent(
                        item, marked, item.getPackageName() + " of " + item.getName() + " is not @NullMarked"));
            }
        });
    }

    private static boolean readsTheWallClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        if (owner.isEquivalentTo(System.class)) {
            return access.getName().equals("currentTimeMillis");
        }
        return owner.getPackageName().equals("java.time")
                && access.getName().equals("now")
                && access instanceof JavaCall<?> call
                && call.getTarget().getRawParameterTypes().stream().noneMatch(p -> p.isEquivalentTo(Clock.class));
    }

    private static boolean mentionsFloatArray(JavaType type) {
        return switch (type) {
            case JavaClass raw -> raw.isArray() && raw.getBaseComponentType().isEquivalentTo(float.class);
            case JavaParameterizedType p ->
                p.getActualTypeArguments().stream().anyMatch(HouseRules::mentionsFloatArray);
            default -> false;
        };
    }

    private static boolean mentionsUntypedMap(JavaType type) {
        if (!(type instanceof JavaParameterizedType parameterized)) {
            return false;
        }
        List<JavaType> arguments = parameterized.getActualTypeArguments();
        boolean untyped = parameterized.toErasure().isAssignableTo(Map.class)
                && arguments.stream()
                        .map(JavaType::getName)
                        .toList()
                        .equals(List.of("java.lang.String", "java.lang.Object"));
        return untyped || arguments.stream().anyMatch(HouseRules::mentionsUntypedMap);
    }

    private static ArchCondition<JavaClass> haveNoPublicSignature(String what, Predicate<JavaType> forbidden) {
        return new ArchCondition<>("have no public signature " + what) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getMembers().stream()
                        .filter(HouseRules::isVisible)
                        .filter(member -> typesOf(member).anyMatch(forbidden))
                        .forEach(member -> events.add(SimpleConditionEvent.violated(
                                item, member.getFullName() + " has a public signature " + what)));
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        return switch (member) {
            case JavaField field -> Stream.of(field.getType());
            case JavaCodeUnit unit -> Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
            default -> throw new IllegalStateException("neither field nor code: " + member);
        };
    }

    private static String segmentAfter(String base, JavaClass item) {
        String rest = item.getPackageName()
                .substring(Math.min(base.length() + 1, item.getPackageName().length()));
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
