package org.vultus.store.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vultus.access.enrol.Reference;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.CancellableTransform;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.store.qdrant.KeyVersions.Phase;
import org.vultus.store.qdrant.KeyVersions.State;

/**
 * Compares the collection with the store, person by person in both directions, while people enrol and sign in: whoever seems wrong is
 * looked at again, for they may have changed meanwhile. Safe for several threads.
 */
public final class GalleryVerification {
    private static final int BATCH = 256;

    /** How often somebody who seems wrong is looked at again. */
    private static final int LOOKS = 3;

    /** Between a vector and itself through Qdrant; floats and their normalisation make some 1e-7 of it. */
    private static final double SAME = 1 - 1e-4;

    private final SqlReferences references;
    private final QdrantGallery gallery;
    private final ExtractorId extractor;
    private final Refresh refresh;

    /**
     * @param references in the store that may be found
     * @param missing of them in the collection
     * @param different there, but with another vector, key or department
     * @param ghosts in the collection of whom the store has no reference in force
     * @param repaired of those three
     */
    public record Findings(long references, long missing, long different, long ghosts, long repaired) {
        /** Whether nothing is wrong any more. */
        public boolean clean() {
            return missing + different + ghosts == repaired;
        }
    }

    /** How the collection has a person. */
    private enum Match {
        SAME,
        MISSING,
        DIFFERENT
    }

    public GalleryVerification(SqlReferences references, QdrantGallery gallery, ExtractorId extractor) {
        this.references = references;
        this.gallery = gallery;
        this.extractor = extractor;
        this.refresh = new Refresh(references, gallery, extractor);
    }

    /**
     * @param repair whether what is wrong is put right; otherwise nothing is changed
     * @throws org.vultus.biometrics.match.GalleryUnavailable when Qdrant does not answer
     */
    public Findings run(boolean repair, Progress progress) {
        long total = references.countActive(extractor);
        Tally tally = new Tally();
        references.forEachPage(extractor, BATCH, page -> {
            compare(page, repair, tally);
            progress.at(tally.references, total);
        });
        ghosts(repair, tally);
        progress.at(tally.references, tally.references);
        return new Findings(tally.references, tally.missing, tally.different, tally.ghosts, tally.repaired);
    }

    private static final class Tally {
        private long references;
        private long missing;
        private long different;
        private long ghosts;
        private long repaired;
    }

    private void compare(List<Reference> page, boolean repair, Tally tally) {
        Map<UUID, QdrantIndex.Point> there =
                gallery.index().get(page.stream().map(Reference::subject).toList()).stream()
                        .collect(Collectors.toMap(QdrantIndex.Point::id, Function.identity()));
        Map<UUID, State> states = gallery.versions().all();
        for (Reference reference : page) {
            tally.references++;
            Match match = match(reference, Optional.ofNullable(there.get(reference.subject())), states);
            for (int look = 0; match != Match.SAME && look < LOOKS; look++) {
                match = again(reference.subject());
            }
            switch (match) {
                case SAME -> {}
                case MISSING -> {
                    tally.missing++;
                    repair(reference.subject(), repair, tally);
                }
                case DIFFERENT -> {
                    tally.different++;
                    repair(reference.subject(), repair, tally);
                }
            }
        }
    }

    private Match again(UUID subject) {
        return refresh.inForce(subject)
                .map(now -> match(
                        now, gallery.index().get(subject), gallery.versions().all()))
                .orElse(Match.SAME);
    }

    private Match match(Reference reference, Optional<QdrantIndex.Point> found, Map<UUID, State> states) {
        if (found.isEmpty()) {
            return Match.MISSING;
        }
        QdrantIndex.Point point = found.get();
        if (!point.department().equals(reference.department())) {
            return Match.DIFFERENT;
        }
        State state = states.getOrDefault(reference.department(), State.FIRST);
        List<Integer> live = state.live();
        for (int version : live) {
            float @Nullable [] vector = point.vectors().get(QdrantIndex.slot(version));
            if (vector == null) {
                // While the key changes, the next version is not there yet.
                if (version == state.version()) {
                    return Match.DIFFERENT;
                }
                continue;
            }
            CancellableTransform transform = gallery.transform(
                    reference.department(), version, reference.features().dimension());
            FeatureVector expected = transform.apply(reference.features());
            if (vector.length != expected.dimension()
                    || FeatureVector.normalised(transform.image(), vector).cosine(expected) < SAME) {
                return Match.DIFFERENT;
            }
        }
        Set<String> slots = live.stream().map(QdrantIndex::slot).collect(Collectors.toSet());
        boolean stray = state.phase() == Phase.STEADY
                && !slots.containsAll(point.vectors().keySet());
        return stray ? Match.DIFFERENT : Match.SAME;
    }

    private void ghosts(boolean repair, Tally tally) {
        @Nullable PointId from = null;
        do {
            QdrantIndex.Page page = gallery.index().page(from, BATCH);
            Set<UUID> inForce = references.inForce(
                    page.points().stream().map(QdrantIndex.Point::id).toList(), extractor);
            for (QdrantIndex.Point point : page.points()) {
                if (!inForce.contains(point.id())
                        && refresh.inForce(point.id()).isEmpty()
                        && gallery.index().get(point.id()).isPresent()) {
                    tally.ghosts++;
                    repair(point.id(), repair, tally);
                }
            }
            from = page.next();
        } while (from != null);
    }

    private void repair(UUID subject, boolean repair, Tally tally) {
        if (repair) {
            refresh.person(subject);
            tally.repaired++;
        }
    }
}
