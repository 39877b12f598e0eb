package org.vultus.server.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.server.inference.InferencePool;

/**
 * Shows the pipeline a drawing of nobody for a while after the start, so that the JVM has compiled it before the first person waits
 * for it. Ends as soon as there is somebody: then the frames that matter do the same.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /**
     * Less than two seconds of one processor. Without them the first frame of a face took 284 and 324 ms and the next eleven 34 to 51;
     * after 40 the first took 41 and 42 and the next 32 to 35, and after 150 or 300 no less (docs/results/speed.md).
     */
    private static final int FRAMES = 40;

    private final FaceEngine engine;
    private final InferencePool pool;

    public Rehearsal(FaceEngine engine, InferencePool pool) {
        this.engine = engine;
        this.pool = pool;
    }

    /** In the background. */
    public void begin() {
        Thread.ofPlatform().name("rehearsal").daemon().start(() -> {
            try {
                play();
            } catch (RuntimeException e) {
                // The server may have been stopped meanwhile; and nobody waits for this.
                LOG.debug("The rehearsal ended early", e);
            }
        });
    }

    /** @return how many frames were shown */
    public int play() {
        CapturedSample drawing = new CapturedSample(drawing());
        int frames = 0;
        while (frames < FRAMES && pool.busy() == 0) {
            engine.rehearse(drawing);
            frames++;
        }
        return frames;
    }

    /** A picture of the Mandelbrot set, JPEG, 1280×720. */
    public static byte[] drawing() {
        try (InputStream file = Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal.jpg"))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
