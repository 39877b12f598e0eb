package org.vultus.biometrics.quality;

/** What is judged about a face, after the capture- and subject-related components of ISO/IEC 29794-5. Names are stable. */
public enum QualityComponent {
    /** Height of the detector's box over the shorter side of the image, so that turning a phone changes nothing. */
    FACE_SIZE(1),
    /** Distance between the eye centres in pixels. */
    INTER_EYE_DISTANCE(1),
    /** Distance of the face centre from the image centre, over the image diagonal. */
    CENTRING(0.5),
    /** Share of the face (box and landmarks) that lies inside the image, 0–1. */
    CROP(1),
    /** Degrees, signed as in {@link HeadPose}. */
    YAW(1),
    /** Degrees, signed as in {@link HeadPose}. */
    PITCH(1),
    /** Degrees, signed as in {@link HeadPose}. */
    ROLL(0.8),
    /** Detail near the extractor's limit of resolution over detail an octave coarser; from 0.6 sharp, below 0.46 blurred. */
    SHARPNESS(1),
    /** Mean luminance of the face, 0–255; the score also falls with the share that is clipped. */
    EXPOSURE(1),
    /** Luminance between the 5th and the 95th percentile of the face, 0–255. */
    CONTRAST(1),
    /** Mean luminance of the darker half of the face over that of the brighter one, 0–1. */
    LIGHT_UNIFORMITY(1),
    /** Openness 0–1, both eyes, by the eye network and by the shape of the lids. */
    EYES_OPEN(0.9),
    /** Height of the mouth opening over its width. */
    MOUTH_CLOSED(0.6);

    private final double impact;

    QualityComponent(double impact) {
        this.impact = impact;
    }

    /**
     * How much of the unified score this component can take away, 0–1: 1 where the face cannot be compared without it, less
     * where comparison only suffers.
     */
    public double impact() {
        return impact;
    }
}
