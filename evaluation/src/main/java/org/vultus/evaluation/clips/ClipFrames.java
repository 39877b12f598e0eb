package org.vultus.evaluation.clips;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vultus.evaluation.protocol.UserError;

/** The frames of a clip as JPEGs, as a browser would send them: decoded by the system's ffmpeg. */
final class ClipFrames {
    /** No camera of a sign-in gives more. */
    private static final double MOST_PER_SECOND = 30;

    /** So that the head of a close-up does not reach beyond the picture. */
    private static final String PADDING =
            "split[clip][copy];[copy]scale=iw*1.5:ih*2,boxblur=min(w\\,h)/5:2[ground];[ground][clip]overlay=(W-w)/2:(H-h)/2,";

    /** The bit rate at which browsers send live video of this size. */
    private static final String BIT_RATE = "800k";

    /** Of libvpx; without the sign it is as careful as the machine has time, and every run gives other pictures. */
    private static final String FIXED_SPEED = "-8";

    /** By how much later than a clip the copy begins whose pictures are compressed once more. */
    static final int COPY_LATER_MS = 25;

    interface Consumer {
        /** @param milliseconds of its time in the clip */
        void frame(byte[] jpeg, long milliseconds);
    }

    private ClipFrames() {}

    /**
     * At the clip's own rate.
     *
     * @param padded whether to put the picture on a larger copy of itself that is out of focus; an empty border would look like the edge of a screen
     * @return frames a second
     * @throws UserError when there is no ffmpeg, or it cannot read the clip
     */
    static double read(Path clip, boolean padded, Consumer consumer) throws IOException {
        double rate = Math.min(MOST_PER_SECOND, rate(clip));
        read(clip, start(jpegs(clip.toString(), (padded ? PADDING : "") + "fps=" + rate)), rate, consumer);
        return rate;
    }

    /**
     * At another rate than the clip's own.
     *
     * @param rate in frames a second
     * @throws UserError as the other
     */
    static void read(Path clip, double rate, Consumer consumer) throws IOException {
        read(clip, start(jpegs(clip.toString(), from0(rate))), rate, consumer);
    }

    /**
     * Of a copy that begins {@value #COPY_LATER_MS} ms later and was compressed once more in between, as live video would be. The copy goes from one
     * ffmpeg to the other and is written nowhere.
     *
     * @param rate in frames a second
     * @param consumer is told times in the copy
     * @throws UserError as the others, and when ffmpeg lacks libvpx
     */
    static void readCopy(Path clip, double rate, Consumer consumer) throws IOException {
        // Times are moved, not sought: there is no seeking in a GIF.
        String later = "setpts=PTS-" + COPY_LATER_MS / 1_000.0 + "/TB," + from0(Math.min(MOST_PER_SECOND, rate(clip)));
        List<Process> both = start(
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-i",
                        clip.toString(),
                        "-an",
                        "-vf",
                        later,
                        "-c:v",
                        "libvpx",
                        "-b:v",
                        BIT_RATE,
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        FIXED_SPEED,
                        "-pix_fmt",
                        "yuv420p",
                        "-f",
                        "webm",
                        "-"),
                jpegs("pipe:0", from0(rate)));
        read(clip, both, rate, consumer);
    }

    /** A clip whose first picture is late shows that one from its beginning, or times would count from the picture. */
    private static String from0(double rate) {
        return "fps=" + rate + ":start_time=0";
    }

    private static List<String> jpegs(String input, String filter) {
        return List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-i",
                input,
                "-vf",
                filter,
                "-f",
                "image2pipe",
                "-c:v",
                "mjpeg",
                "-pix_fmt",
                "yuvj420p",
                "-q:v",
                "2",
                "-");
    }

    private static void read(Path clip, List<Process> decoding, double rate, Consumer consumer) throws IOException {
        int count = 0;
        try (InputStream in = new BufferedInputStream(decoding.getLast().getInputStream(), 1 << 16)) {
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            int before = -1;
            for (int next = in.read(); next >= 0; next = in.read()) {
                jpeg.write(next);
                // The end marker; within the data of a picture the byte 0xFF is never followed by 0xD9.
                if (before == 0xFF && next == 0xD9) {
                    consumer.frame(jpeg.toByteArray(), Math.round(count++ * 1_000 / rate));
                    jpeg.reset();
                }
                before = next;
            }
        }
        finish(decoding, clip);
        if (count == 0) {
            throw new UserError(clip + " holds no picture");
        }
    }

    private static double rate(Path clip) throws IOException {
        List<Process> ffprobe = start(List.of(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=avg_frame_rate",
                "-of",
                "default=noprint_wrappers=1:nokey=1",
                clip.toString()));
        String told;
        try (InputStream in = ffprobe.getLast().getInputStream()) {
            told = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
        finish(ffprobe, clip);
        String[] parts = told.split("/");
        try {
            double rate = Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
            if (rate > 0 && Double.isFinite(rate)) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new UserError(clip + " has no frame rate: is it a video?");
    }

    /** What each writes, the next reads. */
    @SafeVarargs
    private static List<Process> start(List<String>... commands) {
        try {
            return ProcessBuilder.startPipeline(Stream.of(commands)
                    .map(command -> new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD))
                    .toList());
        } catch (IOException e) {
            throw new UserError(commands[0].getFirst()
                    + " was not found: it decodes the clips; install it, for example by \"apt install ffmpeg\"");
        }
    }

    private static void finish(List<Process> processes, Path clip) {
        try {
            for (Process process : processes) {
                if (process.waitFor() != 0) {
                    throw new UserError("ffmpeg cannot read " + clip
                            + (processes.size() > 1 ? ", or not compress it: is it made with libvpx?" : ""));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
