package org.vultus.server.wiring;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.vultus.access.enrol.References;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.onnx.PadHeadFile;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.start.GalleryLoader;
import org.vultus.server.start.StartException;

/** The engine: models, pipeline, gallery, and the threads they run on. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ModelPack modelPack(VultusProperties properties) {
        return properties.models().path() == null
                ? ModelPack.bundled()
                : ModelPack.open(properties.models().path());
    }

    @Bean
    FaceModels faceModels(ModelPack pack, VultusProperties properties) {
        Path head = properties.pad().head();
        FaceModels models = head == null ? FaceModels.open(pack) : FaceModels.open(pack, PadHeadFile.read(head, pack));
        // The first run of each network is slow; better now than before the first person.
        models.runBare();
        return models;
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
    Gallery gallery(ModelPack pack, References references) {
        Gallery gallery = new InMemoryGallery(pack.extractor());
        GalleryLoader.load(gallery, references, pack.extractor());
        return gallery;
    }

    @Bean
    InferencePool inferencePool(VultusProperties properties) {
        return new InferencePool(properties.inference().threadsOrCores());
    }
}
