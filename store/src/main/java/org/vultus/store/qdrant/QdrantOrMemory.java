package org.vultus.store.qdrant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;

/**
 * Qdrant's gallery, with one in memory for the time when Qdrant does not answer, where there is one. What is written while it does
 * not answer is not lost: {@link IndexFeed} writes it afterwards from the store. Safe for several threads.
 */
public final class QdrantOrMemory implements Gallery {
    private static final Logger LOG = LoggerFactory.getLogger(QdrantOrMemory.class);

    private final QdrantGallery qdrant;
    private final Optional<Gallery> memory;

    /** @param memory holds the same references; somebody else keeps it in step */
    public QdrantOrMemory(QdrantGallery qdrant, Optional<Gallery> memory) {
        this.qdrant = qdrant;
        this.memory = memory;
    }

    @Override
    public void put(Entry entry) {
        memory.ifPresent(gallery -> gallery.put(entry));
        try {
            qdrant.put(entry);
        } catch (GalleryUnavailable e) {
            LOG.warn("The reference of {} is written to Qdrant later: {}", entry.subject(), e.getMessage());
        }
    }

    @Override
    public void remove(UUID subject) {
        memory.ifPresent(gallery -> gallery.remove(subject));
        try {
            qdrant.remove(subject);
        } catch (GalleryUnavailable e) {
            LOG.warn("The reference of {} is removed from Qdrant later: {}", subject, e.getMessage());
        }
    }

    @Override
    public List<Candidate> search(FeatureVector probe, Scope scope, int limit, double threshold) {
        return either(gallery -> gallery.search(probe, scope, limit, threshold));
    }

    @Override
    public int size(UUID partition) {
        return either(gallery -> gallery.size(partition));
    }

    @Override
    public int size() {
        return either(Gallery::size);
    }

    @Override
    public Statistics statistics() {
        return either(Gallery::statistics);
    }

    private <T> T either(Function<Gallery, T> question) {
        try {
            return question.apply(qdrant);
        } catch (GalleryUnavailable e) {
            if (memory.isEmpty()) {
                throw e;
            }
            return question.apply(memory.get());
        }
    }
}
