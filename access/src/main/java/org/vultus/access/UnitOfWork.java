package org.vultus.access;

import java.util.function.Supplier;

/** Everything that the work stores is kept together or not at all. Work within work joins the outer one. */
public interface UnitOfWork {

    /** Runs the work; what it throws undoes what it stored, and is thrown on. */
    <T> T call(Supplier<T> work);

    default void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }
}
