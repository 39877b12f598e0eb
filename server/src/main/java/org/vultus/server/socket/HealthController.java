package org.vultus.server.socket;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.onnx.ModelPack;
import org.vultus.server.gallery.GalleryHealth;
import org.vultus.server.inference.InferencePool;

/** Whether people can sign in. */
@RestController
@Tag(name = "Health")
final class HealthController {
    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
    private static final int DATABASE_PATIENCE_SECONDS = 2;

    private final InferencePool pool;
    private final FaceSessions sessions;
    private final ModelPack pack;
    private final Gallery gallery;
    private final DataSource database;
    private final VideoHealth video;
    private final GalleryHealth galleryHealth;

    HealthController(
            InferencePool pool,
            FaceSessions sessions,
            ModelPack pack,
            Gallery gallery,
            DataSource database,
            VideoHealth video,
            GalleryHealth galleryHealth) {
        this.pool = pool;
        this.sessions = sessions;
        this.pack = pack;
        this.gallery = gallery;
        this.database = database;
        this.video = video;
        this.galleryHealth = galleryHealth;
    }

    record QueueJson(int threads, int busy, int waiting) {}

    record HealthJson(
            String status,
            int activeConnections,
            boolean modelsLoaded,
            String modelPack,
            int references,
            boolean database,
            QueueJson queue,
            VideoHealth.Video video,
            GalleryHealth.State gallery) {}

    @GetMapping("/face-auth/health")
    @Operation(summary = "Whether people can sign in: 200 UP, or 503 DOWN with what is missing")
    ResponseEntity<HealthJson> health() {
        boolean answers = answers();
        int references = references();
        HealthJson health = new HealthJson(
                answers ? "UP" : "DOWN",
                sessions.size(),
                true,
                pack.name(),
                references,
                answers,
                new QueueJson(pool.threads(), pool.busy(), pool.waiting()),
                video.video(),
                galleryHealth.state());
        return ResponseEntity.status(answers ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(health);
    }

    /** None while the gallery cannot be reached. */
    private int references() {
        try {
            return gallery.size();
        } catch (GalleryUnavailable e) {
            return 0;
        }
    }

    private boolean answers() {
        try (var connection = database.getConnection()) {
            return connection.isValid(DATABASE_PATIENCE_SECONDS);
        } catch (SQLException e) {
            LOG.warn("The database does not answer: {}", e.getMessage());
            return false;
        }
    }
}
