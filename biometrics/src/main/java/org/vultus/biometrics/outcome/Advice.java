package org.vultus.biometrics.outcome;

/** What a person should do next. Names are stable: clients translate them. */
public enum Advice {
    RETAKE_PHOTO("Take the photo again."),
    SEND_SMALLER_IMAGE("Send a smaller image: at most 10 MB and 40 megapixels."),
    SEND_LARGER_IMAGE("Send a larger image: a face must be at least about 60 pixels wide."),
    SEND_JPEG_PNG_OR_WEBP("Send a JPEG, PNG or WebP image."),
    LOOK_AT_CAMERA("Look at the camera with the whole face in the picture."),
    ONE_PERSON_ONLY("Make sure that only one person is in the picture."),
    MOVE_CLOSER("Move closer to the camera."),
    MOVE_BACK("Move a little away from the camera."),
    CENTRE_FACE("Move so that your face is in the middle."),
    TURN_TO_CAMERA("Turn your face straight to the camera."),
    LEVEL_HEAD("Hold your head upright."),
    HOLD_STILL("Hold still, and check that the lens is clean."),
    MORE_LIGHT("Find more light."),
    LESS_LIGHT("Move out of the glare."),
    EVEN_LIGHT("Turn so that light falls evenly on your face."),
    OPEN_EYES("Open your eyes."),
    CLOSE_MOUTH("Close your mouth and look neutral."),
    FOLLOW_THE_SCRIPT("Do what is asked, one thing after the other."),
    SHOW_YOUR_FACE("Look into the camera directly, without a photo or a screen."),
    SHOW_NEW_PICTURES("The picture stands still. Move a little, or start the camera again."),
    IMPROVE_CAPTURE("Follow the hints and try again."),
    ADD_IMAGES("Add more good images of the same person."),
    ENROL_AGAIN("Enrol again with the current model.");

    private final String english;

    Advice(String english) {
        this.english = english;
    }

    /** One English sentence; pages translate by {@link #name()}. */
    public String english() {
        return english;
    }
}
