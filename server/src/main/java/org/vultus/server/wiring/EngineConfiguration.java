package org.vultus.server.wiring;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.gallery.GalleryHealth;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.start.EarlyStart;
import org.vultus.server.start.StartException;
import org.vultus.store.enrolment.GalleryFeed;
import org.vultus.store.enrolment.SqlReferences;

/** The engine: models, pipeline, gallery, and the threads they run on. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    FaceModels faceModels(EarlyStart early) {
        return early.models();
    }

    @Bean
    ModelPack modelPack(FaceModels models) {
        return models.pack();
    }

    @Bean
    FaceEngine faceEngine(FaceModels models) {
        return new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), models.ports(), StageObserver.NONE);
    }

    @Bean
    OperatingPoints operatingPoints(ModelPack pack, FaceModels models) {
        return models.operatingPoints()
                .orElseThrow(() -> new StartException(
                        "The model pack " + pack.name()
                                + " has no operating-points.json, so nobody knows what its scores mean.",
                        "Make one with ./vultus calibrate.",
                        null));
    }

    @Bean
    @ConditionalOnProperty(name = "vultus.gallery.kind", havingValue = "memory", matchIfMissing = true)
    Gallery gallery(ModelPack pack) {
        return new InMemoryGallery(pack.extractor(), pack.embeddingBasis());
    }

    @Bean
    @ConditionalOnProperty(name = "vultus.gallery.kind", havingValue = "memory", matchIfMissing = true)
    GalleryHealth galleryHealth() {
        return () -> new GalleryHealth.State("MEMORY", "UP", null);
    }

    @Bean
    @ConditionalOnProperty(name = "vultus.gallery.kind", havingValue = "memory", matchIfMissing = true)
    GalleryFeed galleryFeed(
            DataSource database,
            SqlReferences references,
            ModelPack pack,
            Gallery gallery,
            AuditTrail audit,
            UnitOfWork work) {
        GalleryFeed feed = GalleryFeed.open(database, references, pack.extractor(), gallery);
        work.run(() -> audit.append(AuditEvent.done(Action.TEMPLATE_READ, Actor.SYSTEM, null, null)
                .with("templates", Integer.toString(gallery.size()))));
        return feed;
    }

    @Bean
    InferencePool inferencePool(VultusProperties properties) {
        return new InferencePool(properties.inference().threadsOrCores());
    }
}
