package org.vultus.evaluation.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.vultus.biometrics.embed.EnrolmentImage;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Template;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.metrics.ErrorRates;

/**
 * Everybody against everybody: people with more than N images are enrolled with their first N, in the order of the file
 * names; their other images are probes, and so, for non-mated comparisons only, are the images of people who have too few.
 * A probe that could not be acquired, and a person whose images make no template, score {@link ErrorRates#FAILED}.
 *
 * @param people who were to be enrolled
 * @param notEnrolled how many of them got no template
 * @param mated score of each probe against its own template
 * @param nonMated scores of all probes against all other people's templates
 * @param best for each mated probe, the best score among the other people's templates
 * @param strangers for each image of somebody not enrolled, the best score
 * @param probes the image of each probe, those of the enrolled first
 * @param rivals for each probe the other person whose template is most like it
 */
public record EnrolmentScores(
        int people,
        int notEnrolled,
        double[] mated,
        double[] nonMated,
        double[] best,
        double[] strangers,
        List<String> probes,
        List<String> rivals) {

    /**
     * @throws UserError when nobody has more than {@code enrolled} images
     */
    public static EnrolmentScores of(
            SortedMap<String, List<String>> folders, int enrolled, TemplateBuilder builder, ImageRun run) {
        List<Map.Entry<String, List<String>>> people = folders.entrySet().stream()
                .filter(e -> e.getValue().size() > enrolled)
                .toList();
        if (people.size() < 2) {
            throw new UserError("at least two people with more than %d images are needed".formatted(enrolled));
        }
        List<Outcome<Template>> templates = people.stream()
                .map(e -> builder.build(usable(e.getValue().subList(0, enrolled), run)))
                .toList();

        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            List<String> images = people.get(i).getValue();
            for (String image : images.subList(enrolled, images.size())) {
                probes.add(new Probe(image, i));
            }
        }
        int matedProbes = probes.size();
        folders.values().stream()
                .filter(images -> images.size() <= enrolled)
                .flatMap(List::stream)
                .forEach(image -> probes.add(new Probe(image, -1)));

        // Row by row in parallel, each row in a place of its own, so that the order is always the same.
        double[][] rows = new double[probes.size()][];
        IntStream.range(0, rows.length)
                .parallel()
                .forEach(i -> rows[i] = row(run.outcome(probes.get(i).image), templates));

        double[] mated = new double[matedProbes];
        double[] best = new double[matedProbes];
        double[] strangers = new double[rows.length - matedProbes];
        double[] nonMated = new double[matedProbes * (people.size() - 1) + strangers.length * people.size()];
        List<String> rivals = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            int own = probes.get(i).person;
            double highest = ErrorRates.FAILED;
            int rival = own == 0 ? 1 : 0;
            for (int j = 0; j < rows[i].length; j++) {
                if (j == own) {
                    mated[i] = rows[i][j];
                } else {
                    nonMated[at++] = rows[i][j];
                    if (rows[i][j] > highest) {
                        highest = rows[i][j];
                        rival = j;
                    }
                }
            }
            rivals.add(people.get(rival).getKey());
            if (own >= 0) {
                best[i] = highest;
            } else {
                strangers[i - matedProbes] = highest;
            }
        }
        int notEnrolled = (int) templates.stream()
                .filter(t -> t instanceof Outcome.Refused<Template>)
                .count();
        return new EnrolmentScores(
                people.size(),
                notEnrolled,
                mated,
                nonMated,
                best,
                strangers,
                probes.stream().map(Probe::image).toList(),
                rivals);
    }

    /** Mated and non-mated scores together. */
    public double[] all() {
        double[] all = Arrays.copyOf(mated, mated.length + nonMated.length);
        System.arraycopy(nonMated, 0, all, mated.length, nonMated.length);
        return all;
    }

    /** Which of {@link #all()} are mated. */
    public boolean[] kinds() {
        boolean[] kinds = new boolean[mated.length + nonMated.length];
        Arrays.fill(kinds, 0, mated.length, true);
        return kinds;
    }

    /** @param person index among the enrolled, or −1 */
    private record Probe(String image, int person) {}

    private static List<EnrolmentImage> usable(List<String> images, ImageRun run) {
        List<EnrolmentImage> usable = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (run.outcome(images.get(i)) instanceof Outcome.Accepted<BiometricProbe>(BiometricProbe probe)) {
                usable.add(new EnrolmentImage(
                        i, probe.features(), probe.face().quality().unified()));
            }
        }
        return usable;
    }

    private static double[] row(Outcome<BiometricProbe> outcome, List<Outcome<Template>> templates) {
        double[] scores = new double[templates.size()];
        Arrays.setAll(scores, j -> switch (templates.get(j)) {
            case Outcome.Accepted<Template>(Template template) -> score(outcome, template.features());
            case Outcome.Refused<Template> refused -> ErrorRates.FAILED;
        });
        return scores;
    }

    private static double score(Outcome<BiometricProbe> outcome, FeatureVector template) {
        return switch (outcome) {
            case Outcome.Accepted<BiometricProbe>(BiometricProbe probe) ->
                probe.features().cosine(template);
            case Outcome.Refused<BiometricProbe> refused -> ErrorRates.FAILED;
        };
    }
}
