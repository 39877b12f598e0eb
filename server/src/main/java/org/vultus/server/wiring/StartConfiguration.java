package org.vultus.server.wiring;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.privacy.Retention;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.signin.PasswordSignIn;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.onnx.ModelPack;
import org.vultus.server.gallery.GalleryHealth;
import org.vultus.server.start.FirstAdministrator;
import org.vultus.server.start.Housekeeping;
import org.vultus.store.audit.SqlAuditTrail;

/** What is done once at start. */
@Configuration(proxyBeanMethods = false)
class StartConfiguration {

    @Bean
    Housekeeping housekeeping(SqlAuditTrail audit, Retention retention, FaceSignIn signIn, JdbcClient jdbc) {
        return new Housekeeping(audit, retention, signIn, jdbc);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> startIsRemembered(
            AuditTrail audit, UnitOfWork work, ModelPack pack, Gallery gallery, GalleryHealth health) {
        return event -> work.run(() -> audit.append(AuditEvent.done(Action.SERVER_STARTED, Actor.SYSTEM, null, null)
                .with("extractor", pack.extractor().sha256())
                .with("gallery", health.state().kind())
                .with("references", size(gallery))));
    }

    /** A server starts also while the gallery cannot be reached. */
    private static String size(Gallery gallery) {
        try {
            return Integer.toString(gallery.size());
        } catch (GalleryUnavailable e) {
            return "unknown";
        }
    }

    @Bean
    FirstAdministrator firstAdministrator(
            Subjects subjects, Departments departments, PasswordSignIn passwords, AuditTrail audit, UnitOfWork work) {
        return new FirstAdministrator(subjects, departments, passwords, audit, work);
    }
}
