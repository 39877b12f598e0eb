package org.vultus.server.privacy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;
import org.vultus.access.privacy.PersonalData;

/** {@link DataJson} for reading: one plain HTML page without scripts, which reads and prints well with its style sheet and reads without it, in English or Brazilian Portuguese. */
final class ReadableData {
    static final String WORDS = "org.vultus.server.privacy.data";
    static final Locale PORTUGUESE = Locale.forLanguageTag("pt-BR");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ResourceBundle words;
    private final String language;
    private final StringBuilder page = new StringBuilder();

    private ReadableData(Locale wanted) {
        boolean portuguese = wanted.getLanguage().equals("pt");
        this.language = portuguese ? "pt-BR" : "en";
        this.words = ResourceBundle.getBundle(
                WORDS,
                portuguese ? PORTUGUESE : Locale.ENGLISH,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Of the page itself: its style sheet, and the pictures that stand in it. */
    static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** @param wanted Portuguese of any kind gives Brazilian Portuguese, everything else English */
    static String html(DataJson data, Locale wanted) {
        return new ReadableData(wanted).write(data);
    }

    /** The same as an answer. */
    static ResponseEntity<String> page(DataJson data, Locale wanted) {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", CONTENT_POLICY)
                .body(html(data, wanted));
    }

    private String write(DataJson data) {
        page.append("<!doctype html><html lang=\"")
                .append(language)
                .append("\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                        + "<link rel=\"stylesheet\" href=\"/readable.css\"><title>")
                .append(word("title"))
                .append("</title></head><body><h1>")
                .append(word("title"))
                .append("</h1>");
        paragraph("made", TIME.format(data.exportedAt()));
        identity(data.identity());
        section("bases");
        table(
                List.of("purpose", "basis", "reason", "notice", "from", "until"),
                data.legalBases().stream()
                        .map(basis -> row(
                                name("purpose.", basis.purpose().name()),
                                name("basis.", basis.basis().name()),
                                basis.reason(),
                                basis.noticeVersion(),
                                time(basis.recordedAt()),
                                time(basis.withdrawnAt()))));
        section("enrolments");
        table(
                List.of("state", "from", "until", "images", "quality", "template", "model"),
                data.enrolments().stream()
                        .map(one -> row(
                                name("status.", one.status()),
                                time(one.enrolledAt()),
                                time(one.endedAt()),
                                Integer.toString(one.images()),
                                Integer.toString(one.quality()),
                                yes(one.templateKept()),
                                one.extractor())));
        section("password");
        if (data.password() == null) {
            paragraph("none");
        } else {
            paragraph("password.kept", data.password().algorithm());
        }
        section("signins");
        table(
                List.of("time", "method", "outcome", "department", "frames", "address", "device"),
                data.signIns().stream()
                        .map(one -> row(
                                time(one.at()),
                                name("method.", one.method()),
                                name("outcome.", one.reason()),
                                one.departmentCode(),
                                Integer.toString(one.frames()),
                                one.address(),
                                one.device())));
        section("applications");
        table(
                List.of("application", "from", "until"),
                data.applications().stream()
                        .map(one -> row(one.application(), time(one.issuedAt()), time(one.expiresAt()))));
        section("requests");
        table(
                List.of("request", "time", "words", "answer"),
                data.requests().stream()
                        .map(one -> row(
                                name("request.", one.kind().name()), time(one.askedAt()), one.words(), one.answer())));
        time(data.time());
        pictures(data.picturesOfPunches());
        section("events");
        table(
                List.of("number", "time", "act", "byYou", "ofYou", "granted", "detail"),
                data.auditEvents().stream()
                        .map(one -> row(
                                Long.toString(one.sequence()),
                                time(one.at()),
                                one.action().name(),
                                yes(one.byYou()),
                                yes(one.ofYou()),
                                yes(one.accepted()),
                                one.detail().entrySet().stream()
                                        .map(fact -> fact.getKey() + ": " + fact.getValue())
                                        .collect(Collectors.joining("; ")))));
        section("retention");
        paragraph("retention.signins", Long.toString(data.retention().signInsDays()));
        paragraph("retention.template", Long.toString(data.retention().templateAfterDeactivationDays()));
        paragraph("retention.time", Long.toString(data.retention().timeRecordsDays()));
        paragraph("retention.rest");
        section("withheld");
        paragraph("withheld.what");
        return page.append("</body></html>\n").toString();
    }

    private void time(PersonalData.Time time) {
        section("punches");
        table(
                List.of("time", "site", "number", "method", "direction", "reason", "voided", "receipt"),
                time.punches().stream()
                        .map(one -> row(
                                time(one.at()),
                                one.site(),
                                one.nsr() == null ? null : Long.toString(one.nsr()),
                                name("method.", one.method()),
                                one.direction() == null ? null : name("direction.", one.direction()),
                                one.reason(),
                                one.voided(),
                                yes(one.receipt()))));
        section("approvals");
        table(
                List.of("from", "until", "time"),
                Stream.concat(
                        time.approvals().stream()
                                .map(one -> row(one.from().toString(), one.to().toString(), time(one.approvedAt()))),
                        time.overtime().stream()
                                .map(one -> row(
                                        one.day().toString(),
                                        word("overtime").formatted(one.seconds() / 60),
                                        time(one.approvedAt())))));
        section("leaves");
        table(
                List.of("from", "until", "what", "time", "cancelled"),
                time.leaves().stream()
                        .map(one -> row(
                                one.from().toString(),
                                one.to().toString(),
                                one.kind(),
                                time(one.recordedAt()),
                                time(one.cancelledAt()))));
        section("rosters");
        table(
                List.of("from", "what", "time"),
                time.rosters().stream().map(one -> row(one.from().toString(), one.roster(), time(one.recordedAt()))));
        section("without");
        table(
                List.of("what", "from"),
                Stream.of(
                        row(word("pin"), time(time.pinChosenAt())),
                        row(word("badge"), time(time.badgeGivenAt())),
                        row(word("cpf"), time(time.taxNumberRecordedAt()))));
    }

    /** Written into the page, so that it is whole when it is saved or printed; its policy of contents lets these in and nothing else. */
    private void pictures(List<PersonalData.Picture> pictures) {
        section("pictures");
        if (pictures.isEmpty()) {
            paragraph("none");
        }
        for (PersonalData.Picture one : pictures) {
            String at = TIME.format(one.takenAt());
            if (one.jpeg() == null) {
                paragraph("picture.broken", at);
            } else {
                page.append("<figure><img alt=\"")
                        .append(HtmlUtils.htmlEscape(word("picture.of").formatted(at)))
                        .append("\" src=\"data:image/jpeg;base64,")
                        .append(Base64.getEncoder().encodeToString(one.jpeg()))
                        .append("\"><figcaption>")
                        .append(at)
                        .append("</figcaption></figure>");
            }
        }
    }

    private void identity(DataJson.Identity identity) {
        section("identity");
        table(
                List.of("what", "value"),
                Stream.of(
                        row(word("id"), identity.id().toString()),
                        row(word("username"), identity.username()),
                        row(word("name"), identity.displayName()),
                        row(word("department"), identity.departmentName()),
                        row(
                                word("roles"),
                                identity.roles().stream()
                                        .map(role -> name("role.", role.name()))
                                        .sorted()
                                        .collect(Collectors.joining(", "))),
                        row(word("active"), yes(identity.active())),
                        row(word("created"), time(identity.createdAt()))));
    }

    private void section(String title) {
        page.append("<h2>").append(word("section." + title)).append("</h2>");
    }

    private void paragraph(String key, String... values) {
        page.append("<p>")
                .append(HtmlUtils.htmlEscape(word(key).formatted((Object[]) values)))
                .append("</p>");
    }

    private void table(List<String> columns, Stream<List<String>> rows) {
        List<List<String>> all = rows.toList();
        if (all.isEmpty()) {
            paragraph("none");
            return;
        }
        page.append("<table><thead><tr>");
        columns.forEach(
                column -> page.append("<th scope=\"col\">").append(word(column)).append("</th>"));
        page.append("</tr></thead><tbody>");
        for (List<String> row : all) {
            page.append("<tr>");
            row.forEach(cell ->
                    page.append("<td>").append(HtmlUtils.htmlEscape(cell)).append("</td>"));
            page.append("</tr>");
        }
        page.append("</tbody></table>");
    }

    private static List<String> row(@Nullable String... cells) {
        return Stream.of(cells)
                .map(cell -> Optional.ofNullable(cell).orElse("–"))
                .toList();
    }

    private String word(String key) {
        return words.getString(key);
    }

    /** What is stored under a name that people can read; the name itself where there is none. */
    private String name(String kind, String stored) {
        try {
            return words.getString(kind + stored);
        } catch (MissingResourceException e) {
            return stored;
        }
    }

    private String yes(boolean value) {
        return word(value ? "yes" : "no");
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : TIME.format(at);
    }
}
