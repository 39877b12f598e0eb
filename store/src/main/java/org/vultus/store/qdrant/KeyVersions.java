package org.vultus.store.qdrant;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** With which version of a department's key its vectors are transformed now; shared by all servers. Safe for several threads. */
public interface KeyVersions {

    /** How far a change of the key is. */
    enum Phase {
        /** No change is under way. */
        STEADY,
        /** Vectors under the next version are added; whatever is written now is written under both. */
        COPYING,
        /** The version is in use, and vectors under the one before are removed. */
        CLEARING
    }

    /** @param version in use; the next one comes beside it while copying */
    record State(int version, Phase phase) {
        static final State FIRST = new State(1, Phase.STEADY);

        /** The versions under which a reference is written and searched now, the one in use first. */
        List<Integer> live() {
            return phase == Phase.COPYING ? List.of(version, version + 1) : List.of(version);
        }

        /** What comes after this. */
        State next() {
            return switch (phase) {
                case STEADY -> new State(version, Phase.COPYING);
                case COPYING -> new State(version + 1, Phase.CLEARING);
                case CLEARING -> new State(version, Phase.STEADY);
            };
        }
    }

    /** The states as committed at this moment, never older ones; a department that is missing is in the first state. */
    Map<UUID, State> all();

    default State of(UUID department) {
        return all().getOrDefault(department, State.FIRST);
    }

    /**
     * Goes on to the next state.
     *
     * @return {@code false} when the state is no longer {@code from}; nothing was changed then
     */
    boolean advance(UUID department, State from);
}
