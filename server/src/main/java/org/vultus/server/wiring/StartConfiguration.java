package org.vultus.server.wiring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.privacy.Retention;
import org.vultus.access.signin.PasswordSignIn;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.server.start.FirstAdministrator;
import org.vultus.server.start.Housekeeping;
import org.vultus.store.audit.SqlAuditTrail;

/** What is done once at start. */
@Configuration(proxyBeanMethods = false)
class StartConfiguration {

    @Bean
    Housekeeping housekeeping(SqlAuditTrail audit, Retention retention, JdbcClient jdbc) {
        return new Housekeeping(audit, retention, jdbc);
    }

    @Bean
    FirstAdministrator firstAdministrator(
            Subjects subjects, Departments departments, PasswordSignIn passwords, AuditTrail audit, UnitOfWork work) {
        return new FirstAdministrator(subjects, departments, passwords, audit, work);
    }
}
