package org.vultus.biometrics.outcome;

/** The enumerated causes of refusal, in pipeline order. Names are stable: they are part of the API. */
public enum Reason {
    /** No bytes at all. */
    EMPTY_SAMPLE(Advice.RETAKE_PHOTO),
    /** More bytes than {@code ImageLimits} allows. */
    TOO_MANY_BYTES(Advice.SEND_SMALLER_IMAGE),
    /** More pixels than {@code ImageLimits} allows, judged from the header before decoding. */
    TOO_MANY_PIXELS(Advice.SEND_SMALLER_IMAGE),
    /** Fewer pixels on a side than a face could be seen in. */
    TOO_FEW_PIXELS(Advice.SEND_LARGER_IMAGE),
    /** Not JPEG, PNG or WebP. */
    UNSUPPORTED_FORMAT(Advice.SEND_JPEG_PNG_OR_WEBP),
    /** Recognised, but truncated or damaged. */
    CORRUPT_IMAGE(Advice.RETAKE_PHOTO),
    NO_FACE(Advice.LOOK_AT_CAMERA),
    /** No face, in a picture that is nearly black. */
    TOO_DARK(Advice.MORE_LIGHT),
    /** No face, in a picture that is nearly white. */
    TOO_BRIGHT(Advice.LESS_LIGHT),
    SEVERAL_FACES(Advice.ONE_PERSON_ONLY),
    /** The quality policy was not met; the detail names the worst components. */
    LOW_QUALITY(Advice.IMPROVE_CAPTURE),
    /** What is shown looks like a photo, a screen or another attack rather than a person. */
    PRESENTATION_ATTACK(Advice.SHOW_YOUR_FACE),
    /** Too few usable images for a template. */
    TOO_FEW_IMAGES(Advice.ADD_IMAGES),
    /** The images of one enrolment do not show one person. */
    DIFFERENT_PEOPLE(Advice.ONE_PERSON_ONLY),
    /** The two sides were made by different extractors and cannot be compared. */
    EXTRACTOR_MISMATCH(Advice.ENROL_AGAIN);

    private final Advice advice;

    Reason(Advice advice) {
        this.advice = advice;
    }

    public Advice advice() {
        return advice;
    }
}
