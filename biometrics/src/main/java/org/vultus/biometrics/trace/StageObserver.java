package org.vultus.biometrics.trace;

/** Hears how long each stage took, for metrics. Called on the thread of the attempt; must be quick and must not throw. */
@FunctionalInterface
public interface StageObserver {

    /** Hears nothing. */
    StageObserver NONE = (stage, nanoseconds) -> {};

    void completed(Stage stage, long nanoseconds);
}
