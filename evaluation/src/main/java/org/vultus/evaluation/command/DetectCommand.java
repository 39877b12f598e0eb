package org.vultus.evaluation.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.DecodedImage;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.outcome.Outcome;
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
                reports.add(
                        switch (describe(opened, photo)) {
                            case Outcome.Accepted<List<AssessedFace>>(List<AssessedFace> faces) -> {
                                if (annotate.isPresent()) {
                                    draw(photo, faces, annotate.get());
                                }
                                yield PhotoReport.of(photo.toString(), faces);
                            }
                            case Outcome.Refused<List<AssessedFace>>(var refusal) ->
                                PhotoReport.of(photo.toString(), refusal);
                        });
            }
        }
        spec.commandLine().getOut().println(Json.write(reports));
        return reports.stream().anyMatch(r -> r.refused().isPresent()) ? 1 : 0;
    }

    private static Outcome<List<AssessedFace>> describe(Engine.Opened opened, Path photo) {
        return Engine.Opened.read(photo).then(sample -> {
            try (sample) {
                return opened.face().describe(sample);
            }
        });
    }

    private static void draw(Path photo, List<AssessedFace> faces, Path file) throws IOException {
        Outcome<CapturedSample> sample = Engine.Opened.read(photo);
        if (sample.then(new ImageDecoder(ImageLimits.DEFAULT)::decode)
                instanceof Outcome.Accepted<DecodedImage>(DecodedImage image)) {
            BufferedImage picture = Annotation.draw(image.pixels(), faces);
            if (!ImageIO.write(picture, "png", file.toFile())) {
                throw new UserError(file + " cannot be written");
            }
        }
    }
}
