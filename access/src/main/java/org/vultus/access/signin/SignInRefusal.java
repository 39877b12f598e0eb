package org.vultus.access.signin;

/** Why a sign-in by face did not happen, as far as the client may know. Names are stable: they are part of the API. */
public enum SignInRefusal {
    /** A stranger, another department's person, somebody without a legal basis, or no living face: it is not told which. */
    NOT_RECOGNISED("You were not recognised. Try again, or use your password."),
    EXPIRED("The time is up. Try again, or use your password."),
    /** Too many failures before. */
    LOCKED("Too many attempts. Wait a little, or use your password."),
    /** The department wants a user name with the face, or has too many people to tell them apart by face alone. */
    USERNAME_NEEDED("Enter your user name first, or use your password."),
    UNKNOWN_DEPARTMENT("There is no such department. Check the address, or use your password."),
    /** The department's policy asks for a rate below this server's calibration. */
    POLICY_NOT_AVAILABLE("Signing in by face is not available here. Use your password.");

    private final String english;

    SignInRefusal(String english) {
        this.english = english;
    }

    /** What the person should do, in English. */
    public String english() {
        return english;
    }
}
