package org.vultus.server.wiring;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.RemoteIpValve;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.MimeMappings;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.vultus.access.audit.Actor;
import org.vultus.access.presence.FaceRecognition;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.clock.TimeClock;
import org.vultus.server.attendance.KioskDoor;
import org.vultus.server.attendance.KioskGate;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.Caller;
import org.vultus.server.http.CallerResolver;
import org.vultus.server.http.EarlyRefusals;
import org.vultus.server.socket.FaceSessions;
import org.vultus.server.socket.FaceSocket;
import org.vultus.server.socket.SignInDoor;
import org.vultus.server.start.GeneratedCertificate;
import org.vultus.server.start.StartException;
import org.vultus.server.token.ClientLiveness;
import org.vultus.server.token.Issuer;
import tools.jackson.databind.json.JsonMapper;

/** Connectors, pages, sockets. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class WebConfiguration {
    static {
        // The key of a PEM file goes through a keystore in memory, under no password. To derive a key from that ten
        // thousand times is a tenth of a second of every start, and protects nothing.
        System.getProperties().putIfAbsent("keystore.pkcs12.keyPbeIterationCount", "1");
        // Who calls comes from the token, not from a parameter that the description of the API would name.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Actor.class);
    }

    /** HTTPS for the network, with the site's certificate or one that is made here. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> certificate(VultusProperties properties, Clock clock) {
        return factory -> {
            Path certificate = properties.web().certificate();
            Path key = properties.web().certificateKey();
            if ((certificate == null) != (key == null)) {
                throw new StartException(
                        "Only one of vultus.web.certificate and vultus.web.certificate-key is set.",
                        "Set both, or neither to have a certificate made.",
                        null);
            }
            if (certificate == null || key == null) {
                GeneratedCertificate.PemFiles made =
                        GeneratedCertificate.in(properties.data().resolve("tls"), clock);
                certificate = made.certificate();
                key = made.key();
            }
            Ssl ssl = new Ssl();
            ssl.setCertificate(certificate.toUri().toString());
            ssl.setCertificatePrivateKey(key.toUri().toString());
            factory.setSsl(ssl);
        };
    }

    /** Browsers install a page by a manifest of this type, which the server does not know of itself. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> manifests() {
        return factory -> {
            MimeMappings types = new MimeMappings();
            types.add("webmanifest", "application/manifest+json");
            factory.addMimeMappings(types);
        };
    }

    /** Behind whatever valve Spring adds for the same: the innermost is asked first. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> earlyRefusals() {
        return factory -> factory.addContextCustomizers(context ->
                context.getParent().getPipeline().addValve(new EarlyRefusals(SecurityConfiguration.headerWriters())));
    }

    /** The client's address and scheme from headers, where a proxy that the site trusts wrote them; from the connection otherwise. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(VultusProperties properties) {
        return factory -> {
            if (properties.web().trustedProxies().isEmpty()) {
                return;
            }
            RemoteIpValve valve = new RemoteIpValve();
            valve.setInternalProxies(properties.web().trustedProxies().stream()
                    .map(WebConfiguration::literal)
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")));
            valve.setTrustedProxies(null);
            valve.setRemoteIpHeader("X-Forwarded-For");
            valve.setProtocolHeader("X-Forwarded-Proto");
            factory.addEngineValves(valve);
        };
    }

    /** The address as Tomcat writes it. */
    private static String literal(String address) {
        try {
            return InetAddress.ofLiteral(address.strip()).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "vultus.web.trusted-proxies holds \"" + address + "\", which is no address.",
                    "Give the proxies' addresses, such as 10.0.0.5, separated by commas.",
                    e);
        }
    }

    /** Plain HTTP for this machine alone: browsers trust localhost with a camera. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> localConnector(VultusProperties properties) {
        return factory -> {
            int port = properties.web().localPort();
            if (port < 0) {
                return;
            }
            Connector connector = new Connector();
            connector.setScheme("http");
            connector.setPort(port);
            connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
            factory.addAdditionalConnectors(connector);
        };
    }

    @Bean
    WebMvcConfigurer mvc(Subjects subjects) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerResolver(subjects));
            }

            /** Names under there change with the content; the build puts the gzipped beside the plain. */
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/assets/**")
                        .addResourceLocations("classpath:/static/assets/")
                        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                                .cachePublic()
                                .immutable())
                        .resourceChain(true)
                        .addResolver(new EncodedResourceResolver());
            }

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                for (String page : List.of("/", "/sign-in", "/enrol", "/console", "/kiosk", "/privacy")) {
                    registry.addViewController(page).setViewName("forward:/index.html");
                }
            }
        };
    }

    @Bean
    WebSocketConfigurer sockets(
            FaceSignIn signIn,
            FaceRecognition faces,
            TimeClock clock,
            FaceSessions sessions,
            JsonMapper json,
            Issuer issuer,
            ClientLiveness liveness,
            VultusProperties properties) {
        FaceSocket signInSocket = new FaceSocket(new SignInDoor(signIn, sessions), sessions, json);
        FaceSocket kioskSocket = new FaceSocket(new KioskDoor(faces, clock, sessions), sessions, json);
        // Without further origins a browser may connect from our own pages only.
        String[] origins = properties.web().allowedOrigins().toArray(String[]::new);
        DefaultHandshakeHandler kioskHandshake = new DefaultHandshakeHandler();
        kioskHandshake.setSupportedProtocols(KioskGate.PROTOCOL);
        return registry -> {
            registry.addHandler(signInSocket, "/face-auth/{department}")
                    .addInterceptors(new Remember(issuer, liveness))
                    .setAllowedOrigins(origins);
            registry.addHandler(kioskSocket, "/recognize/live")
                    .setHandshakeHandler(kioskHandshake)
                    .addInterceptors(new Remember(issuer, liveness))
                    .setAllowedOrigins(origins);
        };
    }

    /** Keeps what only the handshake knows. */
    private record Remember(Issuer issuer, ClientLiveness liveness) implements HandshakeInterceptor {
        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            if (request instanceof ServletServerHttpRequest servlet) {
                attributes.put(FaceSocket.ADDRESS, servlet.getServletRequest().getRemoteAddr());
                attributes.put(FaceSocket.ISSUER, issuer.of(servlet.getServletRequest()));
                if (response instanceof ServletServerHttpResponse answer) {
                    attributes.put(
                            FaceSocket.LIVENESS,
                            liveness.waitingFor(servlet.getServletRequest(), answer.getServletResponse()));
                }
                Object kiosk = servlet.getServletRequest().getAttribute(KioskDoor.KIOSK);
                if (kiosk != null) {
                    attributes.put(KioskDoor.KIOSK, kiosk);
                }
            } else {
                attributes.put(
                        FaceSocket.ISSUER, issuer.of(URI.create(request.getURI().toString())));
            }
            return true;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @Nullable Exception exception) {
            // Nothing is left to do.
        }
    }
}
