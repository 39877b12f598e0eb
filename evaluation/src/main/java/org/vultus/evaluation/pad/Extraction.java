package org.vultus.evaluation.pad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.DecodedImage;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.PadEvidence;
import org.vultus.biometrics.liveness.PadObserver;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.ModelPorts;
import org.vultus.evaluation.pad.Observation.Look;
import org.vultus.evaluation.protocol.FrameWindow;
import org.vultus.evaluation.protocol.PresentationFolders;
import org.vultus.evaluation.protocol.Progress;

/**
 * Looks at every training image: as it is, close, varied, small, streamed, and, where it shows a live person, recaptured. Images that cannot be
 * decoded or show no face give nothing. The random changes of an image depend on its name alone.
 */
final class Extraction {
    private final Path data;
    private final ImageDecoder decoder;
    private final ModelPorts ports;
    private final PadObserver observer;
    private final int threads;

    Extraction(Path data, ImageDecoder decoder, ModelPorts ports, PadObserver observer, int threads) {
        this.data = data;
        this.decoder = decoder;
        this.ports = ports;
        this.observer = observer;
        this.threads = threads;
    }

    /**
     * @param perClass how many images of a class of a source are looked at, evenly chosen by the order of their names
     */
    List<Observation> of(List<PresentationFolders.Source> sources, int perClass) {
        List<Task> tasks = new ArrayList<>();
        for (PresentationFolders.Source source : sources) {
            evenly(source.bonaFide(), perClass).forEach(file -> tasks.add(new Task(source.name(), true, file)));
            evenly(source.attacks(), perClass).forEach(file -> tasks.add(new Task(source.name(), false, file)));
        }
        return run(tasks, this::look);
    }

    private List<Observation> run(List<Task> tasks, Function<Task, List<Observation>> eye) {
        Progress progress = new Progress("images", tasks.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Observation>>> looks = tasks.stream()
                    .map(task -> pool.submit(() -> {
                        List<Observation> seen = eye.apply(task);
                        progress.step();
                        return seen;
                    }))
                    .toList();
            List<Observation> all = new ArrayList<>();
            for (Future<List<Observation>> look : looks) {
                all.addAll(look.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Every image of live people as it is, and no more. */
    List<Observation> plain(PresentationFolders.Source source) {
        return run(
                source.bonaFide().stream()
                        .map(file -> new Task(source.name(), true, file))
                        .toList(),
                this::lookOnce);
    }

    private record Task(String source, boolean live, String file) {}

    /** At most {@code count}, equal steps apart: neighbours in a burst hardly differ. */
    static List<String> evenly(List<String> files, int count) {
        if (files.size() <= count) {
            return files;
        }
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(files.get((int) ((long) i * files.size() / count)));
        }
        return chosen;
    }

    private List<Observation> look(Task task) {
        Random random = new Random(task.file().hashCode());
        return look(task, (seen, image, face) -> {
            add(seen, task, task.live(), Look.PLAIN, image, face);
            close(seen, task, image, face.box());
            vary(seen, task, image, face, random);
            code(seen, task, image, face.box(), random);
            if (task.live()) {
                recapture(seen, task, image, face.box(), random);
            }
        });
    }

    private List<Observation> lookOnce(Task task) {
        return look(task, (seen, image, face) -> add(seen, task, task.live(), Look.PLAIN, image, face));
    }

    /** What is to be seen of one face. */
    @FunctionalInterface
    private interface Looks {
        void at(List<Observation> seen, RgbImage image, DetectedFace face);
    }

    private List<Observation> look(Task task, Looks looks) {
        List<Observation> seen = new ArrayList<>();
        try (CapturedSample sample = new CapturedSample(Files.readAllBytes(data.resolve(task.file())))) {
            if (decoder.decode(sample) instanceof Outcome.Accepted<DecodedImage>(DecodedImage decoded)) {
                try (decoded) {
                    RgbImage image = decoded.pixels();
                    face(image).ifPresent(face -> looks.at(seen, image, face));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }

    private void close(List<Observation> seen, Task task, RgbImage image, Region box) {
        try (RgbImage cut = FrameWindow.cut(image, FrameWindow.around(image, box, FrameWindow.CLOSE))) {
            face(cut).ifPresent(face -> add(seen, task, task.live(), Look.CLOSE, cut, face));
        }
    }

    private void vary(List<Observation> seen, Task task, RgbImage image, DetectedFace face, Random random) {
        try (RgbImage lit = Variation.light(image, random)) {
            add(seen, task, task.live(), Look.VARIED, lit, face);
        }
    }

    private void code(List<Observation> seen, Task task, RgbImage image, Region box, Random random) {
        try (RgbImage lit = Variation.light(image, random);
                RgbImage small = Variation.small(lit, box, random);
                RgbImage streamed = Variation.streamed(lit, random)) {
            face(small).ifPresent(face -> add(seen, task, task.live(), Look.SMALL, small, face));
            face(streamed).ifPresent(face -> add(seen, task, task.live(), Look.STREAMED, streamed, face));
        }
    }

    private void recapture(List<Observation> seen, Task task, RgbImage image, Region box, Random random) {
        try (RgbImage attack = Recapture.of(image, box, image, random);
                RgbImage lit = Variation.light(attack, random)) {
            face(lit).ifPresent(face -> add(seen, task, false, Look.RECAPTURED, lit, face));
        }
    }

    private void add(List<Observation> seen, Task task, boolean live, Look look, RgbImage image, DetectedFace face) {
        Landmarks landmarks = ports.landmarks().locate(image, face);
        // Landmarks that fell together are of no face.
        if (landmarks.interEyeDistance() > 0) {
            PadEvidence evidence = observer.observe(
                    image, face, ports.read(image, landmarks, Sides.BOTH).texture());
            seen.add(new Observation(task.source(), live, look, evidence));
        }
    }

    private Optional<DetectedFace> face(RgbImage image) {
        return new FaceSelection.MostCentral().select(ports.detector().detect(image), image)
                        instanceof Outcome.Accepted<DetectedFace>(DetectedFace face)
                ? Optional.of(face)
                : Optional.empty();
    }
}
