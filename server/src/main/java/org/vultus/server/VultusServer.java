package org.vultus.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.start.EarlyStart;

/** The application. The schema is migrated by {@code store}, and people are not Spring Security's users. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = {FlywayAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@EnableConfigurationProperties(VultusProperties.class)
@ComponentScan
public class VultusServer {

    /** The application, ready to run. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(VultusServer.class);
        application.addInitializers(new EarlyStart());
        return application;
    }
}
