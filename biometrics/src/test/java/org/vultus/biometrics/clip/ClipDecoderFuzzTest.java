package org.vultus.biometrics.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** No bytes whatever make the decoder throw; see {@code ImageDecoderFuzzTest} for how to search for more. */
class ClipDecoderFuzzTest {
    private static final ClipDecoder DECODER = new ClipDecoder(ClipLimits.DEFAULT);

    static Stream<byte[]> seeds() {
        return !Ffmpeg.present()
                ? Stream.of(new byte[0])
                : Stream.of(
                        new byte[0],
                        Ffmpeg.clip("64x48", "0.2", "-c:v libx264 -bf 2", "mp4"),
                        Ffmpeg.clip("64x48", "0.2", "-c:v libx264 -coder 0 -bf 0", "mp4"),
                        Ffmpeg.clip("64x48", "0.2", "-c:v libvpx", "webm"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void anyBytes(byte[] bytes) {
        switch (DECODER.read(bytes)) {
            case ClipReading.Refused refused -> assertThat(refused.detail()).isNotBlank();
            case ClipReading.Read(Clip clip) -> {
                assertThat(clip.pictures()).isNotEmpty();
                clip.close();
            }
        }
    }
}
