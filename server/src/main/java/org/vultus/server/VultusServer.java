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
import org.vultus.server.start.PreparedBeans;

/** The application. The schema is migrated by {@code store}, and people are not Spring Security's users. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = {FlywayAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@EnableConfigurationProperties(VultusProperties.class)
@ComponentScan
public class VultusServer {

    /** The application, ready to run. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(VultusServer.class);
        // Whoever runs it: the prepared beans have their name of it.
        application.setMainApplicationClass(VultusServer.class);
        application.addListeners(new PreparedBeans());
        if (!PreparedBeans.working()) {
            application.addInitializers(new EarlyStart());
        }
        return application;
    }

    /** For {@link PreparedBeans}, which wants to see the application run; a server is started by {@code command.Main}. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }
}
