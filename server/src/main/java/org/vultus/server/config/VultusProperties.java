package org.vultus.server.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Everything that can be set under {@code vultus.}; {@code docs/operations.md} explains each.
 *
 * @param data the folder of the embedded database, the keys and the certificate
 * @param issuer what tokens name as their issuer; derived from each request when absent
 * @param tokenLife how long an access token is good for
 */
@Validated
@ConfigurationProperties("vultus")
public record VultusProperties(
        @DefaultValue("data") Path data,
        @Nullable String issuer,
        @DefaultValue("30m") Duration tokenLife,
        @DefaultValue @Valid @NotNull Models models,
        @DefaultValue @Valid @NotNull Pad pad,
        @DefaultValue @Valid @NotNull Web web,
        @DefaultValue @Valid @NotNull Inference inference,
        @DefaultValue @Valid @NotNull SignIn signIn) {

    /** @param path the folder of another model pack; the shipped one when absent */
    public record Models(@Nullable Path path) {}

    /** @param head a trained head of the passive check; the model pack's own when absent */
    public record Pad(@Nullable Path head) {}

    /**
     * @param localPort plain HTTP for this machine alone, on 127.0.0.1; 0 for any free port, −1 for none
     * @param certificate PEM file of a certificate chain; one is generated when absent
     * @param certificateKey PEM file of its private key
     * @param allowedOrigins further origins that browsers may connect from
     * @param departmentList whether anybody may read the names of the departments, for the sign-in page
     */
    public record Web(
            @DefaultValue("8080") @Min(-1) @Max(65535) int localPort,
            @Nullable Path certificate,
            @Nullable Path certificateKey,
            @DefaultValue List<String> allowedOrigins,
            @DefaultValue("true") boolean departmentList) {}

    /**
     * @param threads how many frames are looked at at the same time; 0 for one per core
     * @param maximumSessions how many face sessions may be open; more are told to come back
     */
    public record Inference(
            @DefaultValue("0") @Min(0) @Max(256) int threads,
            @DefaultValue("200") @Min(1) @Max(10000) int maximumSessions) {

        public int threadsOrCores() {
            return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        }
    }

    /**
     * @param sessionLife how long a face session may take
     * @param frames how many good frames decide
     * @param requestsPerMinute how many attempts of any kind one address may make in a minute
     */
    public record SignIn(
            @DefaultValue("60s") Duration sessionLife,
            @DefaultValue("3") @Min(1) @Max(30) int frames,
            @DefaultValue("120") @Min(1) int requestsPerMinute) {}
}
