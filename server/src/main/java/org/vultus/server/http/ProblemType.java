package org.vultus.server.http;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The problems of the API (RFC 9457). The type of each is {@code /problems/} and its name in lower case with hyphens. */
public enum ProblemType {
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood"),
    NOT_SIGNED_IN(HttpStatus.UNAUTHORIZED, "Sign in first"),
    BAD_CREDENTIALS(HttpStatus.UNAUTHORIZED, "The user name or the password is wrong"),
    PASSWORD_CHANGE_REQUIRED(HttpStatus.FORBIDDEN, "Choose a new password first"),
    WEAK_PASSWORD(HttpStatus.UNPROCESSABLE_CONTENT, "The password cannot be accepted"),
    NOT_ALLOWED(HttpStatus.FORBIDDEN, "You may not do that"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
    ALREADY_EXISTS(HttpStatus.CONFLICT, "That name is taken"),
    NO_LEGAL_BASIS(HttpStatus.FORBIDDEN, "No legal basis is recorded"),
    INACTIVE(HttpStatus.CONFLICT, "The person is deactivated"),
    ENROLMENT_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The images cannot be used"),
    POSSIBLE_DUPLICATE(HttpStatus.CONFLICT, "Somebody who looks the same is enrolled already"),
    TOO_MANY_ATTEMPTS(HttpStatus.TOO_MANY_REQUESTS, "Too many attempts"),
    WRONG_METHOD(HttpStatus.METHOD_NOT_ALLOWED, "That is not done to this address"),
    WRONG_CONTENT_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of another type than is taken here"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
    BUSY(HttpStatus.SERVICE_UNAVAILABLE, "The server is busy"),
    NOT_RECOGNISED(HttpStatus.UNAUTHORIZED, "Not recognised"),
    FRAMES_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The frames are not good enough"),
    CLIP_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The clip cannot be used"),
    NOT_SIGNED_BY_KIOSK(HttpStatus.UNPROCESSABLE_CONTENT, "The kiosk did not sign this event"),
    FACE_NOT_AVAILABLE(HttpStatus.CONFLICT, "Faces are not recognised here"),
    GALLERY_IN_MEMORY(HttpStatus.CONFLICT, "There is no index"),
    SESSION_OVER(HttpStatus.GONE, "The session is over"),
    OFFER_UNUSABLE(HttpStatus.UNPROCESSABLE_CONTENT, "The offer cannot be taken"),
    CONNECTION_CHANGED(HttpStatus.PRECONDITION_FAILED, "The connection is another one"),
    VIDEO_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Live video cannot be taken"),
    NOT_COMPLETE(HttpStatus.CONFLICT, "Something has to be recorded first"),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
    GALLERY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Faces cannot be searched for now"),
    FAULT(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong in the server");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** A relative reference, stable. */
    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
