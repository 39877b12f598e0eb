package org.vultus.server.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.util.ClassUtils;
import org.vultus.server.VultusServer;

class PreparedBeansTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vultus.gallery.kind",
                "vultus.payroll.certificate",
                "spring.datasource.url",
                "spring.main.lazy-initialization",
                "springdoc.api-docs.enabled",
                "management.endpoints.web.exposure.include",
                "server.ssl.enabled",
                "spring.application.admin.enabled"
            })
    void aSettingOnWhichBeansMayDependIsSeenWhereverItIsGiven(String name) {
        assertThat(decisive(new MapPropertySource("commandLineArgs", Map.of(name, "x"))))
                .isTrue();
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
        assertThat(decisive(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "x"))))
                .isTrue();
        assertThat(decisive(new MapPropertySource("Config resource 'file [application.yaml]'", Map.of(name, "x"))))
                .isTrue();
        // What is shipped was there when the beans were prepared.
        assertThat(decisive(new MapPropertySource(
                        "Config resource 'class path resource [application.yaml]' via location 'optional:classpath:/'",
                        Map.of(name, "x"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vultus.data",
                "vultus.gallery.qdrant.host",
                "vultus.payroll.company",
                "server.port",
                "logging.level.root",
                "spring.aot.enabled",
                "spring.application.pid",
                "SHELL"
            })
    void othersMakeNoStartSlower(String name) {
        assertThat(decisive(new MapPropertySource("commandLineArgs", Map.of(name, "x"))))
                .isFalse();
    }

    private static boolean decisive(PropertySource<?> source) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(own -> environment.getPropertySources().remove(own.getName()));
        environment.getPropertySources().addFirst(source);
        return PreparedBeans.decisive(environment).isPresent();
    }

    /** A condition on another setting would be decided by the build, and the setting then have no effect. */
    @Test
    void everyConditionOfOursIsOnASettingThatIsLookedFor() throws Exception {
        List<AnnotatedElement> conditional = classes()
                .<AnnotatedElement>flatMap(
                        type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredMethods())))
                .filter(element -> MergedAnnotations.from(element).isPresent(Conditional.class))
                .toList();

        assertThat(conditional).hasSizeGreaterThan(4).allSatisfy(element -> {
            assertThat(MergedAnnotations.from(element).stream(Conditional.class)
                            .map(MergedAnnotation::getMetaSource)
                            .filter(Objects::nonNull)
                            .map(MergedAnnotation::getType))
                    .as("%s", element)
                    .hasSize(1)
                    .allMatch(ConditionalOnProperty.class::equals);
            MergedAnnotation<ConditionalOnProperty> condition =
                    MergedAnnotations.from(element).get(ConditionalOnProperty.class);
            String[] names = Stream.of(condition.getStringArray("name"), condition.getStringArray("value"))
                    .flatMap(Arrays::stream)
                    .toArray(String[]::new);
            assertThat(names)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(
                                    decisive(new MapPropertySource("commandLineArgs", Map.of(name, "x"))))
                            .as(name)
                            .isTrue());
        });
    }

    @Test
    void theyAreNotWorkedOutForASettingThatAnotherStartMayLack(@TempDir Path folder) {
        Path jar = folder.resolve("beans.jar");
        System.setProperty("vultus.gallery.kind", "qdrant");
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> PreparedBeans.write(VultusServer.class, jar))
                    .withMessageContaining("vultus.gallery.kind");
        } finally {
            System.clearProperty("vultus.gallery.kind");
        }
        assertThat(jar).doesNotExist();
    }

    private static Stream<Class<?>> classes() throws IOException {
        var files = new CachingMetadataReaderFactory();
        return Arrays.stream(new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:org/vultus/server/**/*.class"))
                .filter(file -> !file.getFilename().startsWith("package-info"))
                .filter(file -> !file.toString().contains("test-classes"))
                .map(file -> {
                    try {
                        return ClassUtils.forName(
                                files.getMetadataReader(file).getClassMetadata().getClassName(), null);
                    } catch (IOException | ClassNotFoundException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
