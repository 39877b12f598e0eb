package org.vultus.biometrics.outcome;

import java.util.function.Function;

/**
 * The result of a stage that may refuse its input: the value, or the reason there is none. A refusal is expected (a blurred
 * photo, no face); a fault of the program or the machine is an exception.
 *
 * <p>Immutable when {@code T} is.
 *
 * @param <T> what an accepted input yields
 */
public sealed interface Outcome<T> {

    /** The input was good enough; {@code value} is what became of it. */
    record Accepted<T>(T value) implements Outcome<T> {}

    /** The input was not good enough, for the reason stated. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> refused(Reason reason, String detail) {
        return new Refused<>(new Refusal(reason, detail));
    }

    /** Runs the next stage on an accepted value; a refusal passes through unchanged. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Accepted<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    /** The same as {@link #then} for a stage that cannot refuse. */
    default <R> Outcome<R> map(Function<? super T, R> next) {
        return then(value -> accepted(next.apply(value)));
    }
}
