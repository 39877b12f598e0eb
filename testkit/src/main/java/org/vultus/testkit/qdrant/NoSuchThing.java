package org.vultus.testkit.qdrant;

/** A collection or a point that is not there. */
final class NoSuchThing extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchThing(String message) {
        super(message);
    }
}
