package org.vultus.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.vultus.biometrics.liveness.FrameSequence;

/**
 * What is remembered of recent sessions, in memory only, bounded and for a while: the frames of those that were accepted, as numbers
 * no face can be made of, so that they are not accepted again; and who was attacked. Safe for several threads.
 */
final class SessionMemory {
    /** A recording of yesterday's sign-in is still a recording. */
    private static final Duration SEQUENCES = Duration.ofHours(24);

    private static final int SEQUENCES_OF_ONE = 5;

    /** At most 300 frames of some 280 bytes in each. In five seconds there are 50: 70 MB when everybody is remembered to the full. */
    private static final int SUBJECTS = 1_000;

    private static final Duration ATTACKS = Duration.ofHours(1);
    private static final int ATTACKED = 10_000;

    private record Accepted(Instant at, FrameSequence frames) {}

    private record Attacks(Instant last, int count) {}

    private final Clock clock;
    private final Map<UUID, Deque<Accepted>> accepted = bounded(SUBJECTS);
    private final Map<String, Attacks> attacks = bounded(ATTACKED);

    SessionMemory(Clock clock) {
        this.clock = clock;
    }

    /** Whether these are frames of a session in which the same person was accepted. */
    boolean replays(UUID subject, FrameSequence frames) {
        Instant since = clock.instant().minus(SEQUENCES);
        // What was accepted does not change any more, and nobody else is to wait while it is compared.
        return own(subject).stream()
                .filter(one -> one.at().isAfter(since))
                .anyMatch(one -> frames.replays(one.frames()));
    }

    private synchronized List<Accepted> own(UUID subject) {
        return List.copyOf(accepted.getOrDefault(subject, new ArrayDeque<>()));
    }

    synchronized void accept(UUID subject, FrameSequence frames) {
        Deque<Accepted> own = accepted.computeIfAbsent(subject, nobody -> new ArrayDeque<>());
        own.addLast(new Accepted(clock.instant(), frames));
        if (own.size() > SEQUENCES_OF_ONE) {
            own.removeFirst();
        }
    }

    /** Whose frames are remembered. */
    synchronized Set<UUID> subjects() {
        return Set.copyOf(accepted.keySet());
    }

    /** Forgets some, and what is too old to matter. */
    synchronized void forget(Set<UUID> subjects) {
        accepted.keySet().removeAll(subjects);
        Instant now = clock.instant();
        accepted.values().forEach(own -> own.removeIf(one -> !one.at().isAfter(now.minus(SEQUENCES))));
        accepted.values().removeIf(Deque::isEmpty);
        attacks.values().removeIf(one -> one.last().isBefore(now.minus(ATTACKS)));
    }

    /** @param key a claimed name or an address, as in {@link LockoutKey} */
    synchronized void attacked(String key) {
        attacks.put(key, new Attacks(clock.instant(), attacksOn(key) + 1));
    }

    /** How many attacks there were lately. */
    synchronized int attacksOn(String key) {
        Attacks known = attacks.get(key);
        return known == null || known.last().isBefore(clock.instant().minus(ATTACKS)) ? 0 : known.count();
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
