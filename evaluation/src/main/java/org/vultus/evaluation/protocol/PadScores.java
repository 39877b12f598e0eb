package org.vultus.evaluation.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;

/**
 * The liveness scores of the presentations of one source. A presentation is so many images, one after the other by name, of
 * one folder; images without a face are passed over, as at a sign-in, and what is left over at the end of a folder is not
 * used.
 *
 * @param name the source
 * @param bonaFide one score for each bona fide presentation, the median of its frames
 * @param attacks likewise of attack presentations
 * @param bonaFideImages how many images of live faces there were
 * @param bonaFideNonResponses how many of them yielded no score
 * @param attackImages how many images of attacks there were
 * @param attackNonResponses how many of them yielded no score
 */
public record PadScores(
        String name,
        double[] bonaFide,
        double[] attacks,
        int bonaFideImages,
        int bonaFideNonResponses,
        int attackImages,
        int attackNonResponses) {

    /** @param frames the number of images of a presentation */
    public static PadScores of(PresentationFolders.Source source, int frames, LivenessRun run) {
        return new PadScores(
                source.name(),
                presentations(source.bonaFide(), frames, run),
                presentations(source.attacks(), frames, run),
                source.bonaFide().size(),
                nonResponses(source.bonaFide(), run),
                source.attacks().size(),
                nonResponses(source.attacks(), run));
    }

    /** All sources as one. */
    public static PadScores pooled(List<PadScores> sources) {
        return new PadScores(
                "all",
                sources.stream()
                        .flatMapToDouble(s -> Arrays.stream(s.bonaFide()))
                        .toArray(),
                sources.stream()
                        .flatMapToDouble(s -> Arrays.stream(s.attacks()))
                        .toArray(),
                sources.stream().mapToInt(PadScores::bonaFideImages).sum(),
                sources.stream().mapToInt(PadScores::bonaFideNonResponses).sum(),
                sources.stream().mapToInt(PadScores::attackImages).sum(),
                sources.stream().mapToInt(PadScores::attackNonResponses).sum());
    }

    private static double[] presentations(List<String> images, int frames, LivenessRun run) {
        Stream.Builder<Double> scores = Stream.builder();
        List<LivenessScore> presentation = new ArrayList<>();
        Path folder = null;
        for (String image : images) {
            Path here = Path.of(image).getParent();
            if (!Objects.equals(here, folder)) {
                presentation.clear();
                folder = here;
            }
            if (run.outcome(image) instanceof Outcome.Accepted<LivenessScore>(LivenessScore score)) {
                presentation.add(score);
                if (presentation.size() == frames) {
                    scores.add(LivenessScore.median(presentation).bonaFide());
                    presentation.clear();
                }
            }
        }
        return scores.build().mapToDouble(Double::doubleValue).toArray();
    }

    private static int nonResponses(List<String> images, LivenessRun run) {
        return Math.toIntExact(images.stream()
                .filter(image -> run.outcome(image) instanceof Outcome.Refused<LivenessScore>)
                .count());
    }
}
