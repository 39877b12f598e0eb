package org.vultus.store.qdrant;

/** Hears how far a long work is. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, total) -> {};

    /** @param total as far as it is known; people come and go meanwhile */
    void at(long done, long total);
}
