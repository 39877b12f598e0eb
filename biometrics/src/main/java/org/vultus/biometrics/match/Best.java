package org.vultus.biometrics.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;

/** The best few candidates that were offered so far, each subject once. Safe for several threads. */
final class Best {
    private static final Comparator<Candidate> BEST_LAST =
            Comparator.comparing(Candidate::score).thenComparing(Candidate::subject, Comparator.reverseOrder());

    private final int limit;
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(BEST_LAST);
    private volatile double floor;

    /**
     * @param limit how many are kept
     * @param floor the least score that is
     */
    Best(int limit, double floor) {
        this.limit = limit;
        this.floor = floor;
    }

    int limit() {
        return limit;
    }

    /** What a candidate must reach to be kept. It only rises. */
    double floor() {
        return floor;
    }

    void offer(UUID subject, double score) {
        offer(new Candidate(subject, new ComparisonScore(score)));
    }

    synchronized void offer(Candidate candidate) {
        if (candidate.score().cosine() < floor) {
            return;
        }
        // Somebody who changes departments during the search may be met in both.
        Candidate same = null;
        for (Candidate other : queue) {
            if (other.subject().equals(candidate.subject())) {
                same = other;
            }
        }
        if (same != null) {
            if (BEST_LAST.compare(candidate, same) <= 0) {
                return;
            }
            queue.remove(same);
        }
        queue.add(candidate);
        if (queue.size() > limit) {
            queue.remove();
        }
        if (queue.size() == limit) {
            floor = queue.element().score().cosine();
        }
    }

    /** Best first; people with the same score by their identifiers. */
    synchronized List<Candidate> sorted() {
        List<Candidate> candidates = new ArrayList<>(queue);
        candidates.sort(BEST_LAST.reversed());
        return candidates;
    }
}
