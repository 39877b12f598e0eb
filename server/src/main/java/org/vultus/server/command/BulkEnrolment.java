package org.vultus.server.command;

import static org.vultus.server.command.ServerConnection.encoded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.consent.LegalBasis;
import org.vultus.server.command.EnrolmentReport.Line;
import org.vultus.server.command.EnrolmentReport.Outcome;
import org.vultus.server.command.EnrolmentReport.Photo;
import org.vultus.server.command.People.Person;

/**
 * Enrols one person after the other as an officer would: find or create, record the legal basis, send the photos. Every step can
 * be repeated, so a person whose enrolment was interrupted is simply enrolled again.
 *
 * <p>Throws {@link IOException} when the server cannot be reached, and {@link CommandFailure} when it does not let the user do any
 * of this; what is wrong with one person is a line of the report.
 */
final class BulkEnrolment {
    private static final int PAGE = 200;

    private record DepartmentName(String code) {}

    private record BasisJson(@Nullable String basis) {}

    /** A person as the server knows them. */
    record SubjectJson(
            UUID id,
            String username,
            DepartmentName department,
            @Nullable BasisJson legalBasis,
            @Nullable String oneTimePassword) {}

    private record SubjectPage(List<SubjectJson> items, int total) {}

    private record NewSubject(String username, String displayName, String department) {}

    private record NewBasis(LegalBasis basis, @Nullable String reason, String noticeVersion) {}

    private record EnrolledJson(int imagesUsed, int quality) {}

    /**
     * What is to be done for a person.
     *
     * @param known the person on the server; empty if they are to be created
     */
    record Plan(Person person, Photos photos, Optional<SubjectJson> known) {
        boolean creates() {
            return known.isEmpty() && photos instanceof Photos.Found;
        }
    }

    private final ServerConnection server;
    private final Path root;
    private final Clock clock;

    /** @param root the folder of all photos */
    BulkEnrolment(ServerConnection server, Path root, Clock clock) {
        this.server = server;
        this.root = root;
        this.clock = clock;
    }

    /** Looks, and changes nothing. */
    Plan plan(Person person) throws IOException {
        return new Plan(person, Photos.in(root, person.images()), find(person.username()));
    }

    /** What can be said without sending anything: empty if the photos and the person are such as can be sent. */
    Optional<Line> refusal(Plan plan) {
        if (plan.photos() instanceof Photos.Unusable(String word, String what)) {
            return Optional.of(line(plan.person(), Outcome.REFUSED, false, word, what, null));
        }
        return plan.known()
                .map(subject -> subject.department().code())
                .filter(code -> !code.equals(plan.person().department()))
                .map(code -> line(
                        plan.person(),
                        Outcome.REFUSED,
                        false,
                        "OTHER_DEPARTMENT",
                        "on the server this person belongs to the department " + code,
                        null));
    }

    /** @param passwords where to write the password of a person who is created */
    Line carryOut(Plan plan, Optional<PasswordsFile> passwords) throws IOException {
        Optional<Line> refusal = refusal(plan);
        if (refusal.isPresent() || !(plan.photos() instanceof Photos.Found(List<Path> files))) {
            return refusal.orElseThrow();
        }
        Person person = plan.person();
        boolean created = plan.creates();
        SubjectJson subject;
        if (created) {
            PasswordsFile secrets = passwords.orElseThrow();
            switch (server.post(
                    "/api/subjects",
                    new NewSubject(person.username(), person.displayName(), person.department()),
                    SubjectJson.class)) {
                case Reply.Done<SubjectJson>(SubjectJson body) -> subject = body;
                case Reply.Refused<SubjectJson>(Reply.ProblemJson problem) -> {
                    return refused(person, false, problem, List.of());
                }
            }
            secrets.add(subject.username(), Objects.requireNonNullElse(subject.oneTimePassword(), ""));
        } else {
            subject = plan.known().orElseThrow();
        }
        if (subject.legalBasis() == null
                && server.post(
                                "/api/subjects/" + subject.id() + "/legal-basis",
                                new NewBasis(person.basis(), person.reason(), person.noticeVersion()),
                                SubjectJson.class)
                        instanceof Reply.Refused<SubjectJson>(Reply.ProblemJson problem)) {
            return refused(person, created, problem, List.of());
        }
        String boundary = "vultus-" + UUID.randomUUID();
        BodyPublisher form;
        try {
            form = form(boundary, subject.id(), person, files);
        } catch (FileNotFoundException e) {
            return line(person, Outcome.REFUSED, created, "NO_SUCH_FILE", String.valueOf(e.getMessage()), null);
        }
        return switch (server.post(
                "/face-auth/enroll", "multipart/form-data; boundary=" + boundary, form, EnrolledJson.class)) {
            case Reply.Done<EnrolledJson>(EnrolledJson done) ->
                new Line(
                        person.line(),
                        person.username(),
                        clock.instant().toString(),
                        Outcome.ENROLLED,
                        created,
                        done.imagesUsed(),
                        done.quality(),
                        null,
                        null,
                        null);
            case Reply.Refused<EnrolledJson>(Reply.ProblemJson problem) -> refused(person, created, problem, files);
        };
    }

    private Optional<SubjectJson> find(String username) throws IOException {
        int seen = 0;
        while (true) {
            SubjectPage page = server.get(
                            "/api/subjects?query=%s&offset=%d&limit=%d".formatted(encoded(username), seen, PAGE),
                            SubjectPage.class)
                    .orFail();
            Optional<SubjectJson> found = page.items().stream()
                    .filter(subject -> subject.username().equals(username))
                    .findFirst();
            seen += page.items().size();
            if (found.isPresent() || page.items().isEmpty() || seen >= page.total()) {
                return found;
            }
        }
    }

    /** The files are read while they are sent. Their names stay here: they may tell more than the server should know. */
    private static BodyPublisher form(String boundary, UUID id, Person person, List<Path> files)
            throws FileNotFoundException {
        List<BodyPublisher> parts = new ArrayList<>();
        parts.add(field(boundary, "user_id", id.toString()));
        parts.add(field(boundary, "username", person.username()));
        parts.add(field(boundary, "department", person.department()));
        for (int i = 0; i < files.size(); i++) {
            parts.add(text("--%s\r\nContent-Disposition: form-data; name=\"face_images\"; filename=\"%d\"\r\n"
                            .formatted(boundary, i)
                    + "Content-Type: application/octet-stream\r\n\r\n"));
            parts.add(BodyPublishers.ofFile(files.get(i)));
            parts.add(text("\r\n"));
        }
        parts.add(text("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher field(String boundary, String name, String value) {
        return text(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    private Line refused(Person person, boolean created, Reply.ProblemJson problem, List<Path> files) {
        List<Photo> photos = problem.images().stream()
                .filter(image -> !image.accepted() && image.index() < files.size())
                .map(image -> new Photo(
                        root.relativize(files.get(image.index())).toString(),
                        image.reason(),
                        image.detail(),
                        image.texts()))
                .toList();
        return line(
                person,
                problem.passing() ? Outcome.FAILED : Outcome.REFUSED,
                created,
                problem.word(),
                problem.sentence(),
                photos.isEmpty() ? null : photos);
    }

    private Line line(
            Person person,
            Outcome outcome,
            boolean created,
            String reason,
            String detail,
            @Nullable List<Photo> photos) {
        return Line.of(person, clock.instant(), outcome, created, reason, detail, photos);
    }
}
