package org.vultus.server.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.vultus.access.UnitOfWork;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.enrol.AuditedReferences;
import org.vultus.access.enrol.References;
import org.vultus.access.enrol.Register;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.access.privacy.PrivacyRequests;
import org.vultus.access.proof.Proofs;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSessions;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.RateLimit;
import org.vultus.server.start.EarlyStart;
import org.vultus.server.token.TokenKeys;
import org.vultus.store.SqlUnitOfWork;
import org.vultus.store.attendance.SqlProofs;
import org.vultus.store.audit.SqlAuditTrail;
import org.vultus.store.audit.SqlSecurityEvents;
import org.vultus.store.consent.SqlLegalBases;
import org.vultus.store.database.EmbeddedDatabase;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.store.enrolment.SqlRegister;
import org.vultus.store.keys.BadgeDigests;
import org.vultus.store.keys.GallerySecret;
import org.vultus.store.keys.SigningKeys;
import org.vultus.store.keys.SiteKeys;
import org.vultus.store.keys.TemplateVault;
import org.vultus.store.people.SqlDepartments;
import org.vultus.store.people.SqlPasswords;
import org.vultus.store.people.SqlSubjects;
import org.vultus.store.privacy.SqlPersonalRecords;
import org.vultus.store.privacy.SqlPrivacyRequests;
import org.vultus.store.schema.Schema;
import org.vultus.store.signin.SqlLockouts;
import org.vultus.store.signin.SqlSignInLog;
import org.vultus.store.signin.SqlSignInSessions;

/** The database, embedded unless {@code spring.datasource.url} names another, and everything that lies in it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    private static final int CONNECTIONS = 20;
    private static final long CONNECTION_PATIENCE_MS = 5_000;

    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "none", matchIfMissing = true)
    EmbeddedDatabase embeddedDatabase(EarlyStart early) {
        return early.database();
    }

    /** Migrates as the owner; connections then act as the application's role, which cannot rewrite what is to be remembered. */
    @Bean
    HikariDataSource dataSource(ObjectProvider<EmbeddedDatabase> embedded, Environment environment) {
        EmbeddedDatabase own = embedded.getIfAvailable();
        String url = own == null ? environment.getRequiredProperty("spring.datasource.url") : own.jdbcUrl();
        @Nullable String user = own == null ? environment.getProperty("spring.datasource.username") : own.user();
        @Nullable
        String password = own == null ? environment.getProperty("spring.datasource.password") : own.password();
        Schema.migrate(new DriverManagerDataSource(
                url, Objects.requireNonNullElse(user, ""), Objects.requireNonNullElse(password, "")));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setConnectionInitSql("SET ROLE vultus_app");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(CONNECTION_PATIENCE_MS);
        config.setPoolName("vultus");
        return new HikariDataSource(config);
    }

    @Bean
    UnitOfWork unitOfWork(PlatformTransactionManager transactions) {
        return new SqlUnitOfWork(transactions);
    }

    @Bean
    SiteKeys siteKeys(VultusProperties properties, JdbcClient jdbc) {
        return SiteKeys.open(properties.data().resolve("keys").resolve("site-keyset.json"), jdbc);
    }

    @Bean
    SigningKeys signingKeys(JdbcClient jdbc, SiteKeys site, Clock clock) {
        return new SigningKeys(jdbc, site, clock);
    }

    @Bean
    TokenKeys tokenKeys(SigningKeys keys) {
        TokenKeys tokens = new TokenKeys(() -> Stream.of(SigningKeys.Purpose.OWN_TOKEN, SigningKeys.Purpose.TOKEN)
                .flatMap(purpose -> TokenKeys.named(keys.inUse(purpose)).stream())
                .toList());
        if (keys.has(SigningKeys.Purpose.TOKEN)) {
            // A key that does not open says so now.
            tokens.ready();
        }
        return tokens;
    }

    @Bean
    TemplateVault templateVault(JdbcClient jdbc, SiteKeys site) {
        return new TemplateVault(jdbc, site);
    }

    @Bean
    GallerySecret gallerySecret(JdbcClient jdbc, SiteKeys site) {
        return new GallerySecret(jdbc, site);
    }

    @Bean
    SqlAuditTrail auditTrail(JdbcClient jdbc, UnitOfWork work, SigningKeys keys, Clock clock) {
        return new SqlAuditTrail(jdbc, work, keys, clock);
    }

    @Bean
    Departments departments(JdbcClient jdbc) {
        return new SqlDepartments(jdbc);
    }

    @Bean
    Subjects subjects(JdbcClient jdbc) {
        return new SqlSubjects(jdbc);
    }

    @Bean
    Passwords passwords(JdbcClient jdbc) {
        return new SqlPasswords(jdbc);
    }

    @Bean
    LegalBases legalBases(JdbcClient jdbc) {
        return new SqlLegalBases(jdbc);
    }

    @Bean
    SqlReferences sqlReferences(HikariDataSource database, TemplateVault vault) {
        return new SqlReferences(database, vault);
    }

    @Bean
    @Primary
    References references(SqlReferences references, SqlAuditTrail audit, UnitOfWork work) {
        return new AuditedReferences(references, audit, work);
    }

    @Bean
    Proofs proofs(JdbcClient jdbc, UnitOfWork work, TemplateVault vault) {
        return new SqlProofs(jdbc, work, vault);
    }

    @Bean
    BadgeDigests badgeDigests(JdbcClient jdbc, SiteKeys site) {
        return BadgeDigests.open(jdbc, site);
    }

    @Bean
    Register register(JdbcClient jdbc) {
        return new SqlRegister(jdbc);
    }

    @Bean
    SqlSecurityEvents securityEvents(JdbcClient jdbc) {
        return new SqlSecurityEvents(jdbc);
    }

    @Bean
    PersonalRecords personalRecords(JdbcClient jdbc, SqlAuditTrail audit, TemplateVault vault) {
        return new SqlPersonalRecords(jdbc, audit, vault);
    }

    @Bean
    PrivacyRequests privacyRequests(JdbcClient jdbc) {
        return new SqlPrivacyRequests(jdbc);
    }

    @Bean
    SignInSessions signInSessions(JdbcClient jdbc) {
        return new SqlSignInSessions(jdbc);
    }

    @Bean
    SignInLog signInLog(JdbcClient jdbc) {
        return new SqlSignInLog(jdbc);
    }

    @Bean
    Lockouts lockouts(JdbcClient jdbc, UnitOfWork work) {
        return new SqlLockouts(jdbc, work);
    }

    @Bean
    FilterRegistrationBean<RateLimit> rateLimit(HikariDataSource database, VultusProperties properties) {
        RateLimit limit = new RateLimit(
                Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                        .table("rate_limits")
                        .primaryKeyMapper(PrimaryKeyMapper.STRING)
                        .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                                Duration.ofMinutes(1)))
                        .build(),
                properties.signIn().requestsPerMinute());
        FilterRegistrationBean<RateLimit> registration = new FilterRegistrationBean<>(limit);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
