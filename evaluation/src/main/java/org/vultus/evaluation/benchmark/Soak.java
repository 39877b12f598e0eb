package org.vultus.evaluation.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.evaluation.protocol.UserError;

/**
 * The same photo through the pipeline again and again on all cores, to see whether memory grows: resident memory counts what
 * the heap does not, so a leak in native code shows.
 *
 * @param images how many photos went through
 * @param residentAfterTenth resident memory in MB once a tenth of them had
 * @param resident resident memory in MB at the end
 */
record Soak(
        int images,
        @JsonProperty("resident_mb_after_10_percent") double residentAfterTenth,
        @JsonProperty("resident_mb_at_end") double resident) {

    private static final Path STATUS = Path.of("/proc/self/status");

    /**
     * @param progress hears how many images are done, ten times
     * @throws UserError where the system does not tell a process its resident memory
     */
    static Soak run(FaceEngine engine, byte[] jpeg, int images, IntConsumer progress) throws IOException {
        int tenth = Math.max(1, images / 10);
        double afterTenth = 0;
        for (int done = 0; done < images; ) {
            int batch = Math.min(tenth, images - done);
            IntStream.range(0, batch).parallel().forEach(i -> attempt(engine, jpeg));
            done += batch;
            progress.accept(done);
            if (done == tenth) {
                afterTenth = residentMegabytes();
            }
        }
        return new Soak(images, afterTenth, residentMegabytes());
    }

    private static void attempt(FaceEngine engine, byte[] jpeg) {
        if (engine.probe(new CapturedSample(jpeg), FaceSelection.SingleFace.STRICT, QualityPolicy.SIGN_IN)
                instanceof Outcome.Refused<?>(var refusal)) {
            throw new IllegalArgumentException("the photo is of no use: " + refusal.detail());
        }
    }

    private static double residentMegabytes() throws IOException {
        if (!Files.exists(STATUS)) {
            throw new UserError("resident memory can be read on Linux only");
        }
        System.gc();
        String line = Files.readAllLines(STATUS).stream()
                .filter(l -> l.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
}
