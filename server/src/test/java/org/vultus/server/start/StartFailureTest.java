package org.vultus.server.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.Arena;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.vultus.server.config.VultusProperties;

class StartFailureTest {
    @EnableConfigurationProperties(VultusProperties.class)
    static class Properties {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vultus.webrtc.turn=turn:b:99999 | turn:b:99999",
                "vultus.webrtc.enabled=maybe | vultus.webrtc.enabled: Invalid boolean value 'maybe'",
                "vultus.webrtc.maximum-connections=-1 | vultus.webrtc.maximum-connections cannot be -1",
                "vultus.attendance.zone=Mars/Base | vultus.attendance.zone: Unknown time-zone ID: Mars/Base",
                "vultus.attendance.repeat-interval=soon | vultus.attendance.repeat-interval: 'soon'",
                "vultus.attendance.repeat-interval=-5s | vultus.attendance.repeat-interval cannot be PT-5S",
                "vultus.token-life=0s | vultus.token-life cannot be PT0S",
            })
    void namesTheSettingThatIsWrongAndWhatIsWrongWithIt(String setting, String said) {
        Throwable failure = catchThrowable(() -> new SpringApplicationBuilder(Properties.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run("--" + setting));
        assertThat(StartFailure.of(failure))
                .hasValueSatisfying(told -> assertThat(told.problem())
                        .startsWith("The configuration is not valid: ")
                        .contains(said)
                        .doesNotContain("Field error", "codes ["));
    }

    @Test
    void memoryThatIsTooSmallForTheGalleryIsNamedHoweverDeepItLies() {
        long limit = Runtime.getRuntime().maxMemory();
        OutOfMemoryError own = catchThrowableOfType(
                OutOfMemoryError.class, () -> Arena.ofAuto().allocate(Math.max(2 * limit, 1L << 40)));
        Throwable failure = new BeanCreationException("galleryFeed", "failed", new CompletionException(own));
        assertThat(StartFailure.of(failure)).hasValueSatisfying(told -> {
            assertThat(told.problem()).contains("beside its heap").contains("enrolled");
            assertThat(told.remedy()).contains("VULTUS_JAVA_OPTIONS=-XX:MaxDirectMemorySize");
        });
        assertThat(StartFailure.of(new OutOfMemoryError("Java heap space")))
                .hasValueSatisfying(told -> assertThat(told.remedy()).contains("VULTUS_JAVA_OPTIONS=-Xmx"));
        assertThat(StartFailure.of(new OutOfMemoryError("unable to create native thread")))
                .isEmpty();
    }
}
