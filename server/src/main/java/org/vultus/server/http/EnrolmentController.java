package org.vultus.server.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.vultus.access.enrol.Enroller;
import org.vultus.access.enrol.EnrolmentResult;
import org.vultus.access.enrol.ImageVerdict;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.image.CapturedSample;

/** Enrolment. Images are wiped when the answer is known and are never written anywhere. */
@RestController
@Tag(name = "Enrolment")
final class EnrolmentController {
    private final Enroller enroller;
    private final Subjects subjects;
    private final Departments departments;
    /** One enrolment at a time has the networks, beside those who sign in. */
    private final Semaphore turn = new Semaphore(1, true);

    EnrolmentController(Enroller enroller, Subjects subjects, Departments departments) {
        this.enroller = enroller;
        this.subjects = subjects;
        this.departments = departments;
    }

    /**
     * @param userId whom to enrol
     * @param username must be that person's, where it is sent
     * @param displayName is not used; people are named by POST /api/subjects
     * @param department must be that person's, where it is sent
     * @param faceImages 3 to 20 images, base64 of JPEG, PNG or WebP
     * @param confirmDistinct that the officer has checked a possible duplicate
     */
    @Schema(example = """
            {"user_id": "9f78e283-b649-4d46-991a-0b16b09d4140", "username": "ana",
             "face_images": ["/9j/4AAQ…", "/9j/4AAQ…", "/9j/4AAQ…"]}""")
    record EnrolmentJson(
            UUID userId,
            @Nullable String username,
            @Nullable String displayName,
            @Nullable String department,
            List<byte[]> faceImages,
            @Nullable Boolean confirmDistinct) {}

    record ImageJson(
            int index,
            boolean accepted,
            @Nullable String reason,
            @Nullable String detail,
            List<AdviceJson> advice,
            @Nullable Integer quality) {

        static ImageJson of(ImageVerdict verdict) {
            return new ImageJson(
                    verdict.index(),
                    verdict.accepted(),
                    verdict.reason().map(Enum::name).orElse(null),
                    verdict.detail().orElse(null),
                    AdviceJson.of(verdict.advice()),
                    verdict.quality().orElse(null));
        }
    }

    record EnrolledJson(UUID enrollmentId, int imagesUsed, int quality, List<ImageJson> images) {}

    @PostMapping(path = "/face-auth/enroll", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Enrols a person from 3 to 20 images; a legal basis must be recorded first")
    ResponseEntity<EnrolledJson> enrol(Caller caller, @RequestBody EnrolmentJson wish) {
        List<CapturedSample> samples =
                wish.faceImages().stream().map(CapturedSample::new).toList();
        try {
            caller.require(Role.ENROLMENT_OFFICER);
            return enrol(
                    caller,
                    wish.userId(),
                    Optional.ofNullable(wish.username()),
                    Optional.ofNullable(wish.department()),
                    samples,
                    Boolean.TRUE.equals(wish.confirmDistinct()));
        } finally {
            samples.forEach(CapturedSample::close);
        }
    }

    @PostMapping(path = "/face-auth/enroll", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "The same with the images as parts of a form")
    ResponseEntity<EnrolledJson> enrolForm(
            Caller caller,
            @RequestParam("user_id") UUID userId,
            @RequestParam Optional<String> username,
            @RequestParam Optional<String> department,
            @RequestParam(name = "confirm_distinct", defaultValue = "false") boolean confirmDistinct,
            @RequestParam("face_images") List<MultipartFile> images)
            throws IOException {
        caller.require(Role.ENROLMENT_OFFICER);
        List<CapturedSample> samples = new ArrayList<>();
        try {
            for (MultipartFile image : images) {
                samples.add(new CapturedSample(image.getBytes()));
            }
            return enrol(caller, userId, username, department, samples, confirmDistinct);
        } finally {
            samples.forEach(CapturedSample::close);
        }
    }

    @PostMapping(path = "/face-auth/enroll/check", consumes = "image/*")
    @Operation(summary = "Whether one image would do; keeps nothing")
    ImageJson check(Caller caller, @RequestBody byte[] image) throws InterruptedException {
        caller.require(Role.ENROLMENT_OFFICER);
        turn.acquire();
        try {
            return ImageJson.of(enroller.check(new CapturedSample(image)));
        } finally {
            turn.release();
            Arrays.fill(image, (byte) 0);
        }
    }

    private ResponseEntity<EnrolledJson> enrol(
            Caller caller,
            UUID userId,
            Optional<String> username,
            Optional<String> department,
            List<CapturedSample> samples,
            boolean confirmDistinct) {
        if (samples.size() < Enroller.MINIMUM_IMAGES || samples.size() > Enroller.MAXIMUM_IMAGES) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "Send %d to %d images; there are %d."
                            .formatted(Enroller.MINIMUM_IMAGES, Enroller.MAXIMUM_IMAGES, samples.size()));
        }
        requireConsistent(caller, userId, username, department);
        turn.acquireUninterruptibly();
        EnrolmentResult result;
        try {
            result = enroller.enrol(userId, samples, confirmDistinct, caller.scope(), caller.actor());
        } finally {
            turn.release();
        }
        return switch (result) {
            case EnrolmentResult.Enrolled(var id, var quality, var used, var images) ->
                ResponseEntity.status(HttpStatus.CREATED).body(new EnrolledJson(id, used, quality, json(images)));
            case EnrolmentResult.ImagesRefused(var refusal, var images) -> {
                Problem problem = new Problem(
                        ProblemType.ENROLMENT_REFUSED,
                        "%s (%s)".formatted(refusal.advice().english(), refusal.detail()));
                problem.getBody().setProperty("reason", refusal.reason().name());
                problem.getBody().setProperty("images", json(images));
                throw problem;
            }
            case EnrolmentResult.PossibleDuplicate(var images) -> {
                Problem problem = new Problem(
                        ProblemType.POSSIBLE_DUPLICATE,
                        "Check this person's identity. If this is somebody else, send confirm_distinct: true.");
                problem.getBody().setProperty("images", json(images));
                throw problem;
            }
            case EnrolmentResult.NoLegalBasis() ->
                throw new Problem(
                        ProblemType.NO_LEGAL_BASIS,
                        "Record on what legal basis this person's face may be used, then enrol.");
            case EnrolmentResult.UnknownSubject() -> throw Problem.notFound("That person");
            case EnrolmentResult.Inactive() ->
                throw new Problem(ProblemType.INACTIVE, "Activate the person first, then enrol.");
        };
    }

    /** The identifier decides; a name or department that belongs to somebody else is a slip that must not pass. */
    private void requireConsistent(Caller caller, UUID userId, Optional<String> username, Optional<String> department) {
        Optional<Subject> subject = subjects.find(userId, caller.scope());
        if (subject.isEmpty()) {
            return;
        }
        boolean sameName = username.map(
                        name -> Subject.normalise(name).equals(subject.get().username()))
                .orElse(true);
        boolean sameDepartment = department
                .map(code -> departments
                        .findByCode(code)
                        .filter(d -> d.id().equals(subject.get().department()))
                        .isPresent())
                .orElse(true);
        if (!sameName || !sameDepartment) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "The user name or department sent is not that of the person with this id.");
        }
    }

    private static List<ImageJson> json(List<ImageVerdict> images) {
        return images.stream().map(ImageJson::of).toList();
    }
}
