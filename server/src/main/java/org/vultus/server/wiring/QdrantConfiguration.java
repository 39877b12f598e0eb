package org.vultus.server.wiring;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.onnx.ModelPack;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.gallery.GalleryHealth;
import org.vultus.server.gallery.GalleryIndex;
import org.vultus.server.gallery.GalleryWork;
import org.vultus.store.enrolment.GalleryFeed;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.store.keys.GallerySecret;
import org.vultus.store.qdrant.GalleryRekeying;
import org.vultus.store.qdrant.GalleryVerification;
import org.vultus.store.qdrant.IndexFeed;
import org.vultus.store.qdrant.IndexPosition;
import org.vultus.store.qdrant.Progress;
import org.vultus.store.qdrant.QdrantConnection;
import org.vultus.store.qdrant.QdrantGallery;
import org.vultus.store.qdrant.QdrantOrMemory;
import org.vultus.store.qdrant.QdrantSettings;
import org.vultus.store.qdrant.SqlKeyVersions;

/** A gallery in Qdrant. Apart from everything else, so that a start without it loads none of its classes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "vultus.gallery.kind", havingValue = "qdrant")
class QdrantConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(QdrantConfiguration.class);

    /** The references in memory as well, with what keeps them in step; a bean of its own, because it is no gallery to inject. */
    record Fallback(Optional<Gallery> gallery, @Nullable GalleryFeed feed) implements AutoCloseable {
        @Override
        public void close() {
            if (feed != null) {
                feed.close();
            }
        }
    }

    @Bean
    QdrantConnection qdrantConnection(VultusProperties properties, Clock clock) {
        return QdrantConnection.open(settings(properties), clock);
    }

    private static QdrantSettings settings(VultusProperties properties) {
        VultusProperties.Qdrant qdrant = properties.gallery().qdrant();
        return new QdrantSettings(
                qdrant.host(), qdrant.port(), qdrant.tls(), qdrant.certificate(), qdrant.apiKey(), qdrant.timeout());
    }

    @Bean
    IndexPosition indexPosition(JdbcClient jdbc, ModelPack pack) {
        return new IndexPosition(jdbc, QdrantGallery.collection(pack.extractor()));
    }

    @Bean
    QdrantGallery qdrantGallery(
            QdrantConnection connection,
            ModelPack pack,
            GallerySecret secret,
            JdbcClient jdbc,
            IndexPosition position) {
        return new QdrantGallery(
                connection,
                pack.extractor(),
                secret.key(),
                new SqlKeyVersions(jdbc, QdrantGallery.collection(pack.extractor())),
                position::forget);
    }

    @Bean
    Fallback fallback(
            VultusProperties properties,
            DataSource database,
            SqlReferences references,
            ModelPack pack,
            AuditTrail audit,
            UnitOfWork work) {
        int most = properties.gallery().fallbackReferences();
        int there = most == 0 ? 0 : references.countActive(pack.extractor());
        if (there > most) {
            LOG.warn(
                    "{} references are more than vultus.gallery.fallback-references, so memory does not take over",
                    there);
        }
        if (most == 0 || there > most) {
            return new Fallback(Optional.empty(), null);
        }
        Gallery memory = new InMemoryGallery(pack.extractor(), pack.embeddingBasis());
        GalleryFeed feed = GalleryFeed.open(database, references, pack.extractor(), memory);
        read(audit, work, memory.size());
        return new Fallback(Optional.of(memory), feed);
    }

    private static void read(AuditTrail audit, UnitOfWork work, int templates) {
        work.run(() -> audit.append(AuditEvent.done(Action.TEMPLATE_READ, Actor.SYSTEM, null, null)
                .with("templates", Integer.toString(templates))));
    }

    @Bean
    @Primary
    Gallery gallery(QdrantGallery qdrant, Fallback fallback) {
        return new QdrantOrMemory(qdrant, fallback.gallery());
    }

    @Bean
    IndexFeed indexFeed(
            DataSource database,
            SqlReferences references,
            ModelPack pack,
            QdrantGallery gallery,
            IndexPosition position,
            AuditTrail audit,
            UnitOfWork work) {
        return IndexFeed.open(
                database, references, pack.extractor(), gallery, position, count -> read(audit, work, count));
    }

    @Bean
    GalleryWork galleryWork(
            SqlReferences references, QdrantGallery gallery, ModelPack pack, AuditTrail audit, UnitOfWork work) {
        GalleryVerification verification = new GalleryVerification(references, gallery, pack.extractor());
        GalleryRekeying rekeying = new GalleryRekeying(references, gallery, pack.extractor());
        return new GalleryWork(
                new GalleryIndex() {
                    @Override
                    public GalleryVerification.Findings verify(boolean repair, Progress progress) {
                        return verification.run(repair, progress);
                    }

                    @Override
                    public int rekey(UUID department, Progress progress) {
                        return rekeying.run(department, progress);
                    }
                },
                audit,
                work);
    }

    @Bean
    GalleryHealth galleryHealth(
            QdrantConnection connection, Fallback fallback, IndexPosition position, VultusProperties properties) {
        return new GalleryHealth() {
            @Override
            public State state() {
                try {
                    connection.version();
                } catch (GalleryUnavailable e) {
                    String status = fallback.gallery().isPresent() ? "FALLBACK" : "UNAVAILABLE";
                    return new State("QDRANT", status, e.getMessage());
                }
                return position.filled()
                        ? new State("QDRANT", "UP", null)
                        : new State("QDRANT", "FILLING", "References are being written to Qdrant");
            }

            @Override
            public String describe() {
                return "Qdrant at " + settings(properties)
                        + (fallback.gallery().isPresent() ? ", memory when it does not answer" : "");
            }
        };
    }
}
