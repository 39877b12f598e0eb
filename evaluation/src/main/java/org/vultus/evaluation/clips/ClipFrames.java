package org.vultus.evaluation.clips;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vultus.evaluation.protocol.UserError;

/** The frames of a clip as JPEGs, as a browser would send them: decoded by the system's ffmpeg, at the clip's own rate. */
final class ClipFrames {
    /** No camera of a sign-in gives more. */
    private static final double MOST_PER_SECOND = 30;

    /** So that the head of a close-up does not reach beyond the picture. */
    private static final String PADDING =
            "split[clip][copy];[copy]scale=iw*1.5:ih*2,boxblur=min(w\\,h)/5:2[ground];[ground][clip]overlay=(W-w)/2:(H-h)/2,";

    interface Consumer {
        /** @param milliseconds of its time in the clip */
        void frame(byte[] jpeg, long milliseconds);
    }

    private ClipFrames() {}

    /**
     * @param padded whether to put the picture on a larger copy of itself that is out of focus; an empty border would look like the edge of a screen
     * @return frames a second
     * @throws UserError when there is no ffmpeg, or it cannot read the clip
     */
    static double read(Path clip, boolean padded, Consumer consumer) throws IOException {
        double rate = Math.min(MOST_PER_SECOND, rate(clip));
        Process ffmpeg = start(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-i",
                clip.toString(),
                "-vf",
                (padded ? PADDING : "") + "fps=" + rate,
                "-f",
                "image2pipe",
                "-c:v",
                "mjpeg",
                "-pix_fmt",
                "yuvj420p",
                "-q:v",
                "2",
                "-");
        int count = 0;
        try (InputStream in = new BufferedInputStream(ffmpeg.getInputStream(), 1 << 16)) {
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
        finish(ffmpeg, clip);
        if (count == 0) {
            throw new UserError(clip + " holds no picture");
        }
        return rate;
    }

    private static double rate(Path clip) throws IOException {
        Process ffprobe = start(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=avg_frame_rate",
                "-of",
                "default=noprint_wrappers=1:nokey=1",
                clip.toString());
        String told;
        try (InputStream in = ffprobe.getInputStream()) {
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

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UserError(command[0]
                    + " was not found: it decodes the clips; install it, for example by \"apt install ffmpeg\"");
        }
    }

    private static void finish(Process process, Path clip) {
        try {
            if (process.waitFor() != 0) {
                throw new UserError("ffmpeg cannot read " + clip);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
