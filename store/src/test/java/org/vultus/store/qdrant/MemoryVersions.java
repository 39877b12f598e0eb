package org.vultus.store.qdrant;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** {@link KeyVersions} without a database. */
final class MemoryVersions implements KeyVersions {
    private final Map<UUID, State> states = new ConcurrentHashMap<>();

    @Override
    public Map<UUID, State> all() {
        return Map.copyOf(states);
    }

    @Override
    public boolean advance(UUID department, State from) {
        states.putIfAbsent(department, State.FIRST);
        return states.replace(department, from, from.next());
    }
}
