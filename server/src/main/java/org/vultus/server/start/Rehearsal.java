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

    /** After which the time of a frame no longer fell; five seconds of one processor. */
    private static final int FRAMES = 150;

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
    int play() {
        CapturedSample drawing = drawing();
        int frames = 0;
        while (frames < FRAMES && pool.busy() == 0) {
            engine.rehearse(drawing);
            frames++;
        }
        return frames;
    }

    /** A picture of the Mandelbrot set, 1280×720. */
    static CapturedSample drawing() {
        try (InputStream file = Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal.jpg"))) {
            return new CapturedSample(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
