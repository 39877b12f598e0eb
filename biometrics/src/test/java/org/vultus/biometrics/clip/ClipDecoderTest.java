package org.vultus.biometrics.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.VideoPicture;
import org.vultus.biometrics.outcome.Outcome;

/** Against ffmpeg: to the last bit what it decodes, and a reason for whatever nobody could decode. */
class ClipDecoderTest {
    private static final int SEED = 20_261_122;
    private static final ClipLimits EVERY_PICTURE = new ClipLimits(
            10_000_000, 1920 * 1088, 32, Duration.ofSeconds(10), 601, 601, Duration.ofMillis(1), Duration.ofMinutes(2));
    private static final ClipDecoder SHIPPED = new ClipDecoder(ClipLimits.DEFAULT);

    private static Clip read(ClipLimits limits, byte[] clip) {
        ClipReading reading = new ClipDecoder(limits).read(clip);
        assertThat(reading).isInstanceOf(ClipReading.Read.class);
        return ((ClipReading.Read) reading).clip();
    }

    private static ClipReading.Refused refused(byte[] clip) {
        ClipReading reading = SHIPPED.read(clip);
        assertThat(reading).isInstanceOf(ClipReading.Refused.class);
        return (ClipReading.Refused) reading;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            H.264 as webcams           | 322x242 | -c:v libx264 -profile:v baseline                                     | mp4
            H.264 as old phones        | 320x240 | -c:v libx264 -profile:v main -bf 0 -x264-params no-deblock=1          | mov
            H.264 of four slices       | 320x240 | -c:v libx264 -profile:v main -x264-params slices=4                    | mp4
            H.264 as editors           | 640x360 | -c:v libx264 -profile:v high -bf 3 -b-pyramid normal -b_strategy 2    | mp4
            H.264 with all it has      | 320x240 | -c:v libx264 -preset slower -bf 5 -direct-pred temporal               | mp4
            H.264 with auto direct     | 320x240 | -c:v libx264 -preset slow -bf 3 -direct-pred auto -refs 6             | mov
            H.264 without 8x8          | 320x240 | -c:v libx264 -coder 0 -bf 2 -direct-pred temporal -x264-params 8x8dct=0 | mp4
            H.264 that refreshes       | 320x240 | -c:v libx264 -x264-params intra-refresh=1:keyint=10                   | mp4
            H.264 in fragments         | 320x240 | -c:v libx264 -bf 2 -g 8 -movflags frag_keyframe+empty_moov+default_base_moof | mp4
            H.264 in Matroska          | 320x240 | -c:v libx264 -bf 2                                                    | mkv
            VP8 as browsers record it  | 638x354 | -c:v libvpx -deadline realtime -cpu-used 8 -b:v 1M -live 1            | webm
            VP8 with hidden pictures   | 320x240 | -c:v libvpx -b:v 3M -auto-alt-ref 1 -lag-in-frames 16                 | webm
            VP8 of few bits            | 322x242 | -c:v libvpx -b:v 60k -slices 4                                        | webm
            """)
    void isWhatAnotherDecoderMakesOfIt(String name, String size, String how, String ending) {
        byte[] clip = Ffmpeg.clip(size, "1.6", how, ending);
        byte[] wanted = Ffmpeg.planes(clip);
        try (Clip read = read(EVERY_PICTURE, clip)) {
            int length = read.pictures().getFirst().sample().encoded().length;
            assertThat(read.pictures()).hasSize(40);
            assertThat(wanted).hasSize(40 * length);
            for (int i = 0; i < 40; i++) {
                Clip.Picture picture = read.pictures().get(i);
                assertThat(picture.sample().encoded())
                        .as("picture %d", i)
                        .isEqualTo(Arrays.copyOfRange(wanted, i * length, (i + 1) * length));
                assertThat(picture.at()).isBetween(Duration.ofMillis(40 * i - 1), Duration.ofMillis(40 * i + 1));
            }
        }
    }

    @Test
    void motionJpegIsHandedOnAsItIs() {
        byte[] clip = Ffmpeg.clip("320x240", "1", "-c:v mjpeg -pix_fmt yuvj420p", "mov");
        try (Clip read = read(ClipLimits.DEFAULT, clip)) {
            assertThat(read.pictures())
                    .hasSizeBetween(8, 10)
                    .allSatisfy(picture -> assertThat(new ImageDecoder(ImageLimits.DEFAULT).decode(picture.sample()))
                            .isInstanceOf(Outcome.Accepted.class));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void aPhonesSensorSaysHowItWasHeld(int turn) {
        byte[] clip = Ffmpeg.clip("320x240", "0.4", "-c:v libx264", "mov");
        int matrix = find(clip, "tkhd") + 4 + 40;
        int cosine = turn == 0 ? 1 : turn == 180 ? -1 : 0;
        int sine = turn == 90 ? 1 : turn == 270 ? -1 : 0;
        ByteBuffer.wrap(clip)
                .putInt(matrix, cosine << 16)
                .putInt(matrix + 4, sine << 16)
                .putInt(matrix + 12, -sine << 16)
                .putInt(matrix + 16, cosine << 16);
        try (Clip read = read(ClipLimits.DEFAULT, clip)) {
            assertThat(read.pictures().getFirst().sample().video())
                    .map(VideoPicture::turn)
                    .contains(turn);
        }
    }

    @Test
    void somePicturesOfALongClipAreSpreadOverIt() {
        byte[] clip = Ffmpeg.clip("320x240", "4", "-c:v libx264 -bf 2", "mp4");
        Instant now = Instant.parse("2026-11-22T08:00:00Z");
        try (Clip read = read(ClipLimits.DEFAULT, clip)) {
            List<Duration> at = read.pictures().stream().map(Clip.Picture::at).toList();
            assertThat(at).hasSizeBetween(8, 10).isSorted();
            assertThat(at.getLast()).isGreaterThan(Duration.ofSeconds(3));
            for (int i = 1; i < at.size(); i++) {
                assertThat(at.get(i).minus(at.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofMillis(90));
            }
            List<CapturedSample> taken = read.taken(now);
            assertThat(taken.getLast().taken()).contains(now);
            assertThat(taken.getFirst().taken()).contains(now.minus(at.getLast()));
            assertThat(taken.getFirst().arrived()).contains(now);
        }
    }

    @Test
    void whatWasReadIsOverwritten() {
        byte[] clip = Ffmpeg.clip("320x240", "0.4", "-c:v libx264", "mp4");
        Clip read = read(ClipLimits.DEFAULT, clip);
        byte[] planes = read.pictures().getFirst().sample().encoded();
        assertThat(planes).isNotEqualTo(new byte[planes.length]);
        read.close();
        assertThat(planes).isEqualTo(new byte[planes.length]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            320x240 | 1  | -c:v libx265 -x265-params log-level=none     | mp4  | UNSUPPORTED     | HEVC
            320x240 | 1  | -c:v libvpx-vp9                              | webm | UNSUPPORTED     | VP9
            320x240 | 1  | -c:v libvpx-vp9                              | mp4  | UNSUPPORTED     | VP9
            320x240 | 1  | -c:v mpeg4                                   | mp4  | UNSUPPORTED     | codec
            320x240 | 1  | -c:v libx264 -pix_fmt yuv444p                | mp4  | UNSUPPORTED     | profile 244
            320x240 | 1  | -c:v libx264 -pix_fmt yuv420p10le            | mp4  | UNSUPPORTED     | profile 110
            320x240 | 1  | -c:v libx264 -flags +ildct                   | mp4  | UNSUPPORTED     | interlaced
            320x240 | 1  | -c:v libx264 -x264-params cqm=jvt            | mp4  | UNSUPPORTED     | scaling
            320x240 | 1  | -c:v libx264 -x264-params constrained-intra=1 | mp4 | UNSUPPORTED     | constrained
            320x240 | 12 | -c:v libx264 -preset ultrafast               | mp4  | TOO_LONG        | 11960 ms
            320x240 | 12 | -c:v libvpx -deadline realtime -cpu-used 8   | webm | TOO_LONG        | 119
            2560x1440 | 0.1 | -c:v libx264 -preset ultrafast            | mp4  | TOO_MANY_PIXELS | 2560×1440
            2560x1440 | 0.1 | -c:v libvpx -deadline realtime            | webm | TOO_MANY_PIXELS | 2560×1440
            24x24   | 1  | -c:v libx264                                 | mp4  | TOO_FEW_PIXELS  | 24×24
            320x240 | 1  | -c:v flv1                                    | avi  | UNSUPPORTED     | not MP4
            """)
    void whatCannotBeReadIsNamed(
            String size, String seconds, String how, String ending, ClipProblem problem, String detail) {
        ClipReading.Refused refused = refused(Ffmpeg.clip(size, seconds, how, ending));
        assertThat(refused.problem()).as(refused.detail()).isEqualTo(problem);
        assertThat(refused.detail()).contains(detail);
    }

    @Test
    void soundAloneIsNoClip() {
        assertThat(refused(Ffmpeg.sound()).problem()).isEqualTo(ClipProblem.EMPTY);
        assertThat(refused(new byte[0]).problem()).isEqualTo(ClipProblem.EMPTY);
        assertThat(refused("no clip at all".getBytes(StandardCharsets.UTF_8)).problem())
                .isEqualTo(ClipProblem.UNSUPPORTED);
        assertThat(refused(new byte[10_000_001]).problem()).isEqualTo(ClipProblem.TOO_MANY_BYTES);
    }

    @Test
    void aBombIsToldByWhatItClaims() {
        byte[] clip = Ffmpeg.clip("320x240", "0.4", "-c:v libx264 -bf 0", "mp4");
        byte[] many = clip.clone();
        ByteBuffer.wrap(many).putInt(find(many, "stsz") + 4 + 8, Integer.MAX_VALUE);
        assertThat(refused(many).problem()).isEqualTo(ClipProblem.TOO_LONG);

        byte[] late = clip.clone();
        ByteBuffer.wrap(late).putInt(find(late, "stts") + 4 + 12, Integer.MAX_VALUE);
        assertThat(refused(late).problem()).isEqualTo(ClipProblem.TOO_LONG);

        byte[] elsewhere = clip.clone();
        ByteBuffer.wrap(elsewhere).putInt(find(elsewhere, "stco") + 4 + 8, Integer.MAX_VALUE);
        assertThat(refused(elsewhere).problem()).isEqualTo(ClipProblem.CORRUPT);

        // The container says less than the pictures, whose own header counts.
        byte[] large = Ffmpeg.clip("2560x1440", "0.1", "-c:v libx264 -preset ultrafast", "mp4");
        ByteBuffer.wrap(large)
                .putShort(find(large, "avc1") + 4 + 24, (short) 320)
                .putShort(find(large, "avc1") + 4 + 26, (short) 240);
        assertThat(refused(large).problem()).isEqualTo(ClipProblem.TOO_MANY_PIXELS);
    }

    @Test
    void noByteIsDecodedTwice() {
        byte[] shared = Ffmpeg.clip(
                "320x240",
                "1",
                "-c:v mjpeg -pix_fmt yuvj420p -movflags frag_keyframe+empty_moov+default_base_moof",
                "mov");
        ByteBuffer boxes = ByteBuffer.wrap(shared);
        for (int moof = find(shared, "moof", 0); moof >= 0; moof = find(shared, "moof", moof + 4)) {
            // Every picture begins where the clip does and is half of it: the third is too much.
            boxes.putInt(find(shared, "tfhd", moof) + 16, shared.length / 2);
            boxes.putInt(find(shared, "trun", moof) + 12, 4 - moof);
        }
        assertThat(refused(shared).detail()).isEqualTo("pictures share their bytes");

        byte[] slices = Ffmpeg.clip("320x240", "0.4", "-c:v libx264 -profile:v main -x264-params slices=4", "mp4");
        int second = -1;
        for (int i = find(slices, "mdat", 0); second < 0; i++) {
            // 65 is a slice of a key picture, and 0000001010001 says that it begins at macroblock 80.
            second = slices[i] == 0x65 && slices[i + 1] == 2 && (slices[i + 2] & 0xF8) == 0x88 ? i : -1;
        }
        // 0000001000000: it begins at 63, where the slice before has been.
        slices[second + 2] &= 7;
        assertThat(refused(slices).detail()).isEqualTo("slices overlap");
    }

    @Test
    void decodingEndsWhenPatienceDoes() {
        byte[] clip = Ffmpeg.clip("320x240", "1", "-c:v libx264 -bf 0", "mp4");
        AtomicLong seconds = new AtomicLong();
        ClipDecoder slow = new ClipDecoder(
                ClipLimits.DEFAULT,
                () -> Duration.ofSeconds(seconds.getAndAdd(3)).toNanos());
        assertThat(slow.read(clip))
                .isInstanceOfSatisfying(
                        ClipReading.Refused.class,
                        refused -> assertThat(refused.problem()).isEqualTo(ClipProblem.TOO_COSTLY));
        Thread.currentThread().interrupt();
        try {
            assertThat(refused(clip).problem()).isEqualTo(ClipProblem.TOO_COSTLY);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** A hang would be a finding; only the limit of this test would end it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -c:v libx264 -bf 2 -direct-pred temporal -b-pyramid normal | mp4
            -c:v libx264 -coder 0 -bf 2                                | mp4
            -c:v libx264 -bf 1 -g 4 -movflags frag_keyframe+empty_moov | mp4
            -c:v libvpx -b:v 200k                                      | webm
            -c:v mjpeg -pix_fmt yuvj420p                               | mov
            """)
    @Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverIsDamagedIsReadOrRefused(String how, String ending) {
        byte[] clip = Ffmpeg.clip("64x48", "0.4", how, ending);
        Random random = new Random(SEED);
        int refused = 0;
        int read = 0;
        for (int i = 0; i < 2_500; i++) {
            ClipReading reading = SHIPPED.read(damaged(clip, random));
            switch (reading) {
                case ClipReading.Refused(ClipProblem problem, String detail) -> {
                    assertThat(detail).isNotBlank();
                    assertThat(problem.english()).isNotBlank();
                    refused++;
                }
                case ClipReading.Read(Clip pictures) -> {
                    assertThat(pictures.pictures()).hasSizeBetween(1, 10);
                    pictures.close();
                    read++;
                }
            }
        }
        assertThat(refused).isPositive();
        assertThat(read).isPositive();
    }

    private static byte[] damaged(byte[] clip, Random random) {
        byte[] damaged = clip.clone();
        switch (random.nextInt(4)) {
            case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            case 1 -> {
                int at = random.nextInt(damaged.length - 4);
                ByteBuffer.wrap(damaged).putInt(at, random.nextBoolean() ? -1 : random.nextInt());
            }
            case 2 -> {
                int from = random.nextInt(damaged.length);
                Arrays.fill(damaged, from, Math.min(damaged.length, from + 1 + random.nextInt(200)), (byte) 0);
            }
            default -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return damaged;
    }

    private static int find(byte[] clip, String box) {
        return find(clip, box, 0);
    }

    private static int find(byte[] clip, String box, int from) {
        return new String(clip, StandardCharsets.ISO_8859_1).indexOf(box, from);
    }
}
