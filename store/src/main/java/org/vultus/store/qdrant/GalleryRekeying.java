package org.vultus.store.qdrant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.CancellableTransform;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.store.qdrant.KeyVersions.Phase;
import org.vultus.store.qdrant.KeyVersions.State;

/**
 * Gives a department the next version of its key while people enrol and sign in: each vector is turned back by the old key and
 * transformed by the new one, beside the old; then the new version is the one in use; then the old vectors are removed. Where it
 * is, is in the store and in the collection itself, so that it goes on where it was when it was interrupted. Nobody enrols again, and
 * no template is decrypted. Safe for several threads.
 */
public final class GalleryRekeying {
    private static final int BATCH = 256;

    /** Between a person's two vectors, each turned back; floats make some 1e-6 of it. */
    private static final double SAME = 1 - 1e-4;

    /** How often a page may come back unchanged before somebody has to look. */
    private static final int PATIENCE = 5;

    private final QdrantGallery gallery;
    private final Refresh refresh;

    public GalleryRekeying(SqlReferences references, QdrantGallery gallery, ExtractorId extractor) {
        this.gallery = gallery;
        this.refresh = new Refresh(references, gallery, extractor);
    }

    /** Whether a change of the department's key was begun and not ended. */
    public boolean unfinished(UUID department) {
        return gallery.versions().of(department).phase() != Phase.STEADY;
    }

    /**
     * Begins, or goes on.
     *
     * @return the version in use now
     * @throws GalleryUnavailable when Qdrant does not answer; call again to go on
     */
    public int run(UUID department, Progress progress) {
        if (!unfinished(department)) {
            advance(department);
        }
        if (gallery.versions().of(department).phase() == Phase.COPYING) {
            copy(department, gallery.versions().of(department).version(), progress);
            advance(department);
        }
        State clearing = gallery.versions().of(department);
        if (clearing.phase() == Phase.CLEARING && gallery.exists()) {
            String old = QdrantIndex.slot(clearing.version() - 1);
            gallery.index().dropVectors(department, old);
            if (gallery.index().countHaving(department, old) > 0) {
                throw new GalleryUnavailable("Vectors under the old key are still there; go on with the same command");
            }
        }
        advance(department);
        return clearing.version();
    }

    private void advance(UUID department) {
        gallery.versions().advance(department, gallery.versions().of(department));
    }

    private void copy(UUID department, int version, Progress progress) {
        QdrantIndex index = gallery.index();
        if (!gallery.exists()) {
            return;
        }
        String next = QdrantIndex.slot(version + 1);
        long total = index.count(department);
        int inVain = 0;
        while (true) {
            long left = index.countLacking(department, next);
            progress.at(Math.max(0, total - left), total);
            List<QdrantIndex.Point> page = index.lacking(department, next, BATCH);
            if (page.isEmpty()) {
                return;
            }
            copy(department, version, page);
            inVain = index.countLacking(department, next) < left ? 0 : inVain + 1;
            if (inVain == PATIENCE) {
                throw new GalleryUnavailable("Qdrant does not keep what is written");
            }
        }
    }

    private void copy(UUID department, int version, List<QdrantIndex.Point> page) {
        List<QdrantIndex.Point> wrong = page;
        while (!wrong.isEmpty()) {
            add(department, version, wrong);
            // Whoever was written anew between the reading and the writing has got an old vector beside a new one.
            Map<UUID, QdrantIndex.Point> now =
                    gallery.index().get(page.stream().map(QdrantIndex.Point::id).toList()).stream()
                            .collect(Collectors.toMap(QdrantIndex.Point::id, Function.identity()));
            wrong = new ArrayList<>();
            for (QdrantIndex.Point point : now.values()) {
                if (!point.department().equals(department)) {
                    // Moved away meanwhile, perhaps with a vector of this key.
                    refresh.person(point.id());
                } else if (!agree(point, version)) {
                    wrong.add(point);
                }
            }
        }
    }

    private void add(UUID department, int version, List<QdrantIndex.Point> points) {
        String next = QdrantIndex.slot(version + 1);
        List<QdrantIndex.Point> more = new ArrayList<>();
        for (QdrantIndex.Point point : points) {
            float @Nullable [] vector = point.vectors().get(QdrantIndex.slot(version));
            if (vector == null) {
                // No more is known of this person here than that they are there.
                refresh.person(point.id());
            } else {
                CancellableTransform after = gallery.transform(department, version + 1, vector.length);
                more.add(new QdrantIndex.Point(
                        point.id(),
                        department,
                        Map.of(
                                next,
                                after.apply(plain(department, version, vector)).toArray())));
            }
        }
        if (!more.isEmpty()) {
            try {
                gallery.index().addVectors(department, more);
            } catch (QdrantConnection.NotFound e) {
                // Somebody of them was removed meanwhile, and the rest was perhaps not written: the next page has them
                // again.
                if (!gallery.exists()) {
                    throw new GalleryUnavailable("The collection in Qdrant is gone", e);
                }
            }
        }
    }

    private boolean agree(QdrantIndex.Point point, int version) {
        float @Nullable [] one = point.vectors().get(QdrantIndex.slot(version));
        float @Nullable [] other = point.vectors().get(QdrantIndex.slot(version + 1));
        // Without the second one the person is on the next page.
        return one == null
                || other == null
                || plain(point.department(), version, one).cosine(plain(point.department(), version + 1, other))
                        >= SAME;
    }

    private FeatureVector plain(UUID department, int version, float[] vector) {
        CancellableTransform transform = gallery.transform(department, version, vector.length);
        return transform.reverse(FeatureVector.normalised(transform.image(), vector));
    }
}
