package org.vultus.evaluation.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.DecodedImage;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Annotation;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.PhotoReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vultus detect}. */
@Command(
        name = "detect",
        description = "Finds the faces in photos and prints boxes, landmarks, pose, quality and advice as JSON.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every photo could be read", "1:at least one was refused", "2:wrong arguments"})
public final class DetectCommand implements Callable<Integer> {

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PHOTO", arity = "1..*", description = "JPEG, PNG or WebP files.")
    private List<Path> photos = List.of();

    @Option(
            names = "--annotate",
            paramLabel = "FILE.png",
            description = "Draw what was found on the photo (one photo only).")
    private Optional<Path> annotate = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (annotate.isPresent() && photos.size() > 1) {
            throw new UserError("--annotate draws one photo; give only one");
        }
        List<PhotoReport> reports = new ArrayList<>();
        try (Engine.Opened opened = engine.open()) {
            for (Path photo : photos) {
                Engine.requireFile(photo);
            }
            for (Path photo : photos) {
                reports.add(report(opened, photo));
            }
        }
        spec.commandLine().getOut().println(Json.write(reports));
        return reports.stream().anyMatch(r -> r.refusal().isPresent()) ? 1 : 0;
    }

    private PhotoReport report(Engine.Opened opened, Path photo) throws IOException {
        String name = photo.toString();
        return switch (Engine.Opened.read(photo)) {
            case Outcome.Refused<CapturedSample>(Refusal refusal) -> PhotoReport.of(name, refusal);
            case Outcome.Accepted<CapturedSample>(CapturedSample sample) -> {
                try (sample) {
                    yield report(opened, name, sample);
                }
            }
        };
    }

    /** The engine tells of faces only, so the photo is decoded once more for its size and to be drawn on. */
    private PhotoReport report(Engine.Opened opened, String name, CapturedSample sample) throws IOException {
        return switch (opened.decoder().decode(sample)) {
            case Outcome.Refused<DecodedImage>(Refusal refusal) -> PhotoReport.of(name, refusal);
            case Outcome.Accepted<DecodedImage>(DecodedImage image) -> {
                try (image) {
                    yield switch (opened.face().describe(sample)) {
                        case Outcome.Refused<List<AssessedFace>>(Refusal refusal) -> PhotoReport.of(name, refusal);
                        case Outcome.Accepted<List<AssessedFace>>(List<AssessedFace> faces) -> {
                            if (annotate.isPresent()) {
                                draw(image.pixels(), faces, annotate.get());
                            }
                            yield PhotoReport.of(name, image.pixels(), faces);
                        }
                    };
                }
            }
        };
    }

    private static void draw(RgbImage pixels, List<AssessedFace> faces, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            if (!ImageIO.write(Annotation.draw(pixels, faces), "png", out)) {
                throw new IllegalStateException("this Java writes no PNG");
            }
        }
    }
}
