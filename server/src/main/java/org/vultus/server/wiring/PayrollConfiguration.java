package org.vultus.server.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.enrol.Register;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.brazil.Developer;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.server.attendance.Sheets;
import org.vultus.server.payroll.FileSigner;
import org.vultus.server.payroll.PayrollProperties;
import org.vultus.server.payroll.WebhookCourier;
import org.vultus.server.start.StartException;
import org.vultus.store.attendance.ServiceRecords;
import org.vultus.store.attendance.SqlLedger;
import org.vultus.store.integration.SqlCalendars;
import org.vultus.store.integration.SqlEvents;
import org.vultus.store.integration.SqlWebhooks;
import org.vultus.store.keys.PayrollVault;
import org.vultus.store.keys.SiteKeys;
import tools.jackson.databind.json.JsonMapper;

/** What payroll and HR systems get, over its tables. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PayrollProperties.class)
class PayrollConfiguration {

    @Bean
    PayrollVault payrollVault(JdbcClient jdbc, SiteKeys site) {
        return PayrollVault.open(jdbc, site);
    }

    @Bean
    SqlLedger ledger(JdbcClient jdbc, UnitOfWork work, PayrollVault vault) {
        return new SqlLedger(jdbc, work, vault);
    }

    @Bean
    ServiceRecords serviceRecords(DataSource database, SqlLedger ledger, Clock clock) {
        return ServiceRecords.begin(database, ledger, clock);
    }

    @Bean
    SqlEvents attendanceEvents(JdbcClient jdbc) {
        return new SqlEvents(jdbc);
    }

    @Bean
    SqlWebhooks webhooks(JdbcClient jdbc, PayrollVault vault) {
        return new SqlWebhooks(jdbc, vault);
    }

    @Bean
    SqlCalendars calendars(JdbcClient jdbc) {
        return new SqlCalendars(jdbc);
    }

    @Bean
    WebhookCourier webhookCourier(SqlWebhooks webhooks, PayrollProperties properties, JsonMapper json, Clock clock) {
        return WebhookCourier.atWork(webhooks, properties, json, clock);
    }

    @Bean
    Sheets sheets(
            Records records,
            Subjects subjects,
            Register register,
            Departments departments,
            Kiosks kiosks,
            Clock clock) {
        return new Sheets(records, subjects, register, departments, kiosks, clock);
    }

    @Bean
    Developer developer(PayrollProperties properties) {
        String version = Optional.ofNullable(Developer.class.getPackage().getImplementationVersion())
                .map(full -> full.replace("-SNAPSHOT", ""))
                .orElse("0");
        try {
            return new Developer(
                    properties.inpi(),
                    properties.developerNumber(),
                    properties.developerName(),
                    properties.developerEmail(),
                    version);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "vultus.payroll cannot be used: " + Objects.requireNonNull(e.getMessage()) + ".",
                    "Correct vultus.payroll.inpi or vultus.payroll.developer-number, or leave them out.",
                    e);
        }
    }

    @Bean
    @ConditionalOnProperty("vultus.payroll.certificate")
    FileSigner fileSigner(PayrollProperties properties) {
        Path file = Objects.requireNonNull(properties.certificate());
        try {
            return FileSigner.open(file, properties.certificatePassword());
        } catch (IOException e) {
            throw new StartException(
                    "The certificate %s that signs payroll files cannot be used: %s.".formatted(file, e.getMessage()),
                    "Check vultus.payroll.certificate and vultus.payroll.certificate-password, or leave them out.",
                    e);
        }
    }
}
