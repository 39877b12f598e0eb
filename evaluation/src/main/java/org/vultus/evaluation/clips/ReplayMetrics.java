package org.vultus.evaluation.clips;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How often replays were recognised, and other parts of the same clip taken for replays; the JSON names are a contract.
 *
 * @param pairs how many were asked for of each kind, for each clip and cell
 * @param total of all cells of all clips
 * @param cells of all clips together
 */
public record ReplayMetrics(
        int pairs,
        Counts total,
        List<Cell> cells,
        List<Clip> clips,
        @JsonProperty("model_pack") String modelPack) {

    /**
     * Pairs of sessions.
     *
     * @param replays how many show the same moments
     * @param recognised how many of those were recognised
     * @param others how many show different parts of a clip
     * @param taken how many of those were taken for a replay
     */
    public record Counts(
            int replays,
            int recognised,
            int others,
            @JsonProperty("taken_for_replays") int taken) {

        static Counts sum(List<Cell> cells) {
            return cells.stream()
                    .map(Cell::counts)
                    .reduce(
                            new Counts(0, 0, 0, 0),
                            (a, b) -> new Counts(
                                    a.replays + b.replays,
                                    a.recognised + b.recognised,
                                    a.others + b.others,
                                    a.taken + b.taken));
        }

        private String told() {
            return rate(recognised, replays) + "   " + rate(taken, others);
        }

        private static String rate(int some, int all) {
            return all == 0
                    ? "%22s".formatted("none")
                    : String.format(Locale.ROOT, "%5d of %5d %6.1f %%", some, all, 100.0 * some / all);
        }
    }

    /**
     * Pairs of sessions of one kind.
     *
     * @param first how long the accepted session takes
     * @param second how long the one after it takes
     * @param share of the pictures that the server looked at
     */
    public record Cell(
            @JsonProperty("first_s") int first,
            @JsonProperty("second_s") int second,
            double share,
            @JsonUnwrapped Counts counts) {

        private String title() {
            return String.format(Locale.ROOT, "%d s, then %d s, %.0f %%", first, second, 100 * share);
        }
    }

    /**
     * One clip.
     *
     * @param frames those that were looked at
     * @param withFace on how many of them there is one face
     * @param copyFrames those of the copy
     * @param copyWithFace on how many of them there is one face
     */
    public record Clip(
            String file,
            int frames,
            @JsonProperty("frames_with_face") int withFace,
            @JsonProperty("copy_frames") int copyFrames,
            @JsonProperty("copy_frames_with_face") int copyWithFace,
            List<Cell> cells) {}

    public static ReplayMetrics of(int pairs, List<Clip> clips, String modelPack) {
        List<Cell> cells = IntStream.range(0, clips.getFirst().cells().size())
                .mapToObj(i -> clips.stream().map(clip -> clip.cells().get(i)).toList())
                .map(same -> new Cell(
                        same.getFirst().first(),
                        same.getFirst().second(),
                        same.getFirst().share(),
                        Counts.sum(same)))
                .toList();
        return new ReplayMetrics(pairs, Counts.sum(cells), cells, clips, modelPack);
    }

    public String summary() {
        int width = clips.stream().mapToInt(clip -> clip.file().length()).max().orElse(0);
        String row = "%-" + Math.max(width, "2 s, then 2 s, 100 %".length()) + "s   %s";
        return Stream.of(
                        Stream.of(row.formatted("sessions", "    replays recognised     other parts taken")),
                        cells.stream()
                                .map(cell -> row.formatted(
                                        cell.title(), cell.counts().told())),
                        clips.stream()
                                .map(clip -> row.formatted(
                                        clip.file(), Counts.sum(clip.cells()).told())),
                        Stream.of(row.formatted("total", total.told())))
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
