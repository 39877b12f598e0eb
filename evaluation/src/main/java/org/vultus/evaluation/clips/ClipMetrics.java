package org.vultus.evaluation.clips;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.SessionVerdict;
import org.vultus.biometrics.outcome.Reason;

/**
 * What sessions on clips came to; the JSON names are a contract.
 *
 * @param liveAccepted of the live clips that name what they show, how many are bona fide under the policy active
 * @param spoofAccepted of the spoof clips, how many are
 */
public record ClipMetrics(
        @JsonProperty("live_clips") long live,
        @JsonProperty("live_accepted") long liveAccepted,
        @JsonProperty("spoof_clips") long spoof,
        @JsonProperty("spoof_accepted") long spoofAccepted,
        @JsonProperty("expectations_met") long met,
        List<Clip> clips,
        @JsonProperty("model_pack") String modelPack) {

    /** A gesture that was seen, in seconds of the clip. */
    public record Action(
            String action,
            @JsonProperty("from_s") double from,
            @JsonProperty("to_s") double to) {}

    /**
     * A verdict.
     *
     * @param decision BONA_FIDE, ATTACK_PRESENTATION or INCONCLUSIVE
     * @param why the species of the attack, or the advice
     */
    public record Verdict(String decision, Optional<String> why) {
        static Verdict of(SessionVerdict verdict) {
            return switch (verdict) {
                case SessionVerdict.BonaFide _ -> new Verdict("BONA_FIDE", Optional.empty());
                case SessionVerdict.AttackPresentation(var species) ->
                    new Verdict("ATTACK_PRESENTATION", Optional.of(species.name()));
                case SessionVerdict.Inconclusive(var advice) -> new Verdict("INCONCLUSIVE", Optional.of(advice.name()));
            };
        }

        boolean bonaFide() {
            return decision.equals("BONA_FIDE");
        }

        @Override
        public String toString() {
            return decision + why.map(w -> " (" + w + ")").orElse("");
        }
    }

    /**
     * One clip.
     *
     * @param padded whether a border was put around frames that the face did not fit into
     * @param passive the verdict under the policy passive
     * @param active the verdict under the policy active, had a session asked for what is expected
     * @param followedByChance the share of scripts of a server that the clip follows when it is shown again and again
     * @param liveness the median score of the compared frames
     */
    public record Clip(
            String file,
            String label,
            Map<Gesture, Integer> expected,
            @JsonProperty("expected_met") boolean met,
            int frames,
            @JsonProperty("frames_per_second") double rate,
            @JsonProperty("frames_with_face") int withFace,
            @JsonProperty("failures_by_reason") Map<Reason, Integer> failures,
            boolean padded,
            int blinks,
            @JsonProperty("blink_times_s") List<Double> blinkTimes,
            List<Action> actions,
            Verdict passive,
            Verdict active,
            @JsonProperty("scripts_followed_by_chance") double followedByChance,
            Optional<Double> liveness,
            @JsonProperty("least_alike") double leastAlike,
            @JsonProperty("off_plane") double offPlane) {

        public static Clip of(ClipList.Clip clip, ClipSession session, double sameFace) {
            List<Action> actions = session.seen().stream()
                    .map(s -> new Action(s.gesture().name(), seconds(s.from()), seconds(s.to())))
                    .toList();
            List<Action> blinks = actions.stream()
                    .filter(a -> a.action().equals(Gesture.BLINK.name()))
                    .toList();
            return new Clip(
                    clip.file(),
                    clip.live() ? "live" : "spoof",
                    clip.expected(),
                    session.shows(clip.expected()),
                    session.frames(),
                    session.rate(),
                    session.framesWithAFace(),
                    session.failures(),
                    session.padded(),
                    blinks.size(),
                    blinks.stream().map(Action::from).toList(),
                    actions,
                    Verdict.of(session.passive()),
                    Verdict.of(session.active(clip.expected(), sameFace)),
                    session.followedByChance(),
                    session.liveness(),
                    session.leastAlike(),
                    session.offPlane());
        }

        private static double seconds(long milliseconds) {
            return milliseconds / 1_000.0;
        }

        private String told() {
            return actions.isEmpty()
                    ? "nothing"
                    : actions.stream()
                            .map(a -> String.format(Locale.ROOT, "%s %.2f–%.2f s", a.action(), a.from(), a.to()))
                            .collect(Collectors.joining(", "));
        }

        private List<String> cells() {
            return List.of(
                    file,
                    label,
                    expected.isEmpty()
                            ? "—"
                            : expected.entrySet().stream()
                                    .map(e -> e.getKey() + ":" + e.getValue())
                                    .collect(Collectors.joining("; ")),
                    met ? "yes" : "no",
                    told(),
                    withFace + " of " + frames + (padded ? ", padded" : ""),
                    passive.toString(),
                    active.toString(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * followedByChance));
        }
    }

    public static ClipMetrics of(List<Clip> clips, String modelPack) {
        return new ClipMetrics(
                clips.stream().filter(c -> c.label().equals("live")).count(),
                clips.stream()
                        .filter(c -> c.label().equals("live") && c.active().bonaFide())
                        .count(),
                clips.stream().filter(c -> c.label().equals("spoof")).count(),
                clips.stream()
                        .filter(c -> c.label().equals("spoof") && c.active().bonaFide())
                        .count(),
                clips.stream().filter(Clip::met).count(),
                clips,
                modelPack);
    }

    public String summary() {
        return clips.stream()
                        .map(c -> "%s: %d blinks; %s; expected %s; passive %s, active %s"
                                .formatted(
                                        c.file(),
                                        c.blinks(),
                                        c.told(),
                                        c.met() ? "met" : "not met",
                                        c.passive(),
                                        c.active()))
                        .collect(Collectors.joining(System.lineSeparator()))
                + System.lineSeparator()
                + "%d of %d clips show what is expected".formatted(met, clips.size());
    }

    public String html() {
        List<String> titles = List.of(
                "clip",
                "label",
                "expected",
                "met",
                "seen",
                "frames with a face",
                "passive",
                "active",
                "scripts followed");
        String head = titles.stream().map(t -> "<th>" + t + "</th>").collect(Collectors.joining());
        String rows = clips.stream()
                .map(c -> c.cells().stream()
                        .map(cell -> "<td>" + escaped(cell) + "</td>")
                        .collect(Collectors.joining("", "<tr>", "</tr>")))
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Vultus: liveness sessions</title>
                <style>
                :root { color-scheme: light dark; }
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
                .scroll { overflow-x: auto; } table { border-collapse: collapse; }
                td, th { border-bottom: 1px solid #8886; padding: .3rem .8rem; text-align: left; vertical-align: top; }
                </style>
                </head>
                <body>
                <h1>Liveness sessions on clips</h1>
                <p>%d of %d clips show what is expected. Model pack: %s.</p>
                <div class="scroll"><table><thead><tr>%s</tr></thead><tbody>
                %s
                </tbody></table></div>
                <p>“Active” is the verdict of a session that asked for just what is expected. A clip cannot answer a script:
                “scripts followed” is the share of 200 scripts that a server would draw which the clip follows when it is shown to
                the camera again and again, whatever the passive check says of it.</p>
                </body>
                </html>
                """.formatted(met, clips.size(), escaped(modelPack), head, rows);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
