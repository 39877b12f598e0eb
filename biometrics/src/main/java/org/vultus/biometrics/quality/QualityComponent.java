package org.vultus.biometrics.quality;

/** What is judged about a face, after the capture- and subject-related components of ISO/IEC 29794-5. Names are stable. */
public enum QualityComponent {
    /** Face height over image height. */
    FACE_SIZE,
    /** Distance between the eye centres in pixels. */
    INTER_EYE_DISTANCE,
    /** Distance of the face centre from the image centre, over the image diagonal. */
    CENTRING,
    /** Share of the face that lies inside the image. */
    CROP,
    /** Degrees. */
    YAW,
    /** Degrees. */
    PITCH,
    /** Degrees. */
    ROLL,
    SHARPNESS,
    /** Mean luminance of the face, and how much of it is clipped. */
    EXPOSURE,
    CONTRAST,
    /** Balance of light between the two halves of the face. */
    LIGHT_UNIFORMITY,
    EYES_OPEN,
    MOUTH_CLOSED
}
