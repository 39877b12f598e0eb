package org.vultus.server.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Everything that can be set under {@code vultus.}; {@code docs/operations.md} explains each.
 *
 * @param data the folder of the embedded database, the keys and the certificate
 * @param programs where the programs of the embedded database are unpacked; a folder of {@code data} when absent
 * @param issuer what tokens name as their issuer; derived from each request when absent
 * @param tokenLife how long an access token is good for
 */
@Validated
@ConfigurationProperties("vultus")
public record VultusProperties(
        @DefaultValue("data") Path data,
        @Nullable Path programs,
        @Nullable String issuer,
        @DefaultValue("30m") @DurationMin(seconds = 1) Duration tokenLife,
        @DefaultValue @Valid @NotNull Models models,
        @DefaultValue @Valid @NotNull Pad pad,
        @DefaultValue @Valid @NotNull Web web,
        @DefaultValue @Valid @NotNull Inference inference,
        @DefaultValue @Valid @NotNull SignIn signIn,
        @DefaultValue @Valid @NotNull Retention retention,
        @DefaultValue @Valid @NotNull Gallery gallery,
        @DefaultValue @Valid @NotNull WebRtc webrtc,
        @DefaultValue @Valid @NotNull Attendance attendance) {

    /** @param path the folder of another model pack; the shipped one when absent */
    public record Models(@Nullable Path path) {}

    /** @param head a trained head of the passive check, {@code shipped} for the model pack's own; without it the network alone scores */
    public record Pad(@Nullable Path head) {}

    /**
     * @param localPort plain HTTP for this machine alone, on 127.0.0.1; 0 for any free port, −1 for none
     * @param certificate PEM file of a certificate chain; one is generated when absent
     * @param certificateKey PEM file of its private key
     * @param allowedOrigins further origins that browsers may connect from
     * @param trustedProxies addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are
     * @param departmentList whether anybody may read the names of the departments, for the sign-in page
     */
    public record Web(
            @DefaultValue("8080") @Min(-1) @Max(65535) int localPort,
            @Nullable Path certificate,
            @Nullable Path certificateKey,
            @DefaultValue List<String> allowedOrigins,
            @DefaultValue List<String> trustedProxies,
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
            @DefaultValue("60s") @DurationMin(seconds = 1) Duration sessionLife,
            @DefaultValue("3") @Min(1) @Max(30) int frames,
            @DefaultValue("120") @Min(1) int requestsPerMinute) {}

    /**
     * How long things are kept.
     *
     * @param signIns the log of attempts to sign in, and face sessions; six months, as Brazil's Marco Civil (Lei 12.965/2014, Art. 15)
     *     asks of access logs
     * @param inactiveTemplate the template of somebody who was deactivated
     * @param timeRecords punches and what managers said of them; five years, after which claims from work are void in Brazil
     *     (Constituição, Art. 7, XXIX)
     */
    public record Retention(
            @DefaultValue("183d") @DurationMin(days = 1) Duration signIns,
            @DefaultValue("90d") @DurationMin Duration inactiveTemplate,
            @DefaultValue("1827d") @DurationMin(days = 365) Duration timeRecords) {}

    /** Where references are searched. */
    public enum GalleryKind {
        MEMORY,
        QDRANT
    }

    /**
     * @param kind in this server's memory, or in Qdrant
     * @param fallbackReferences up to how many references are held in memory as well, for when Qdrant does not answer; 0 for none
     */
    public record Gallery(
            @DefaultValue("memory") @NotNull GalleryKind kind,
            @DefaultValue("0") @Min(0) int fallbackReferences,
            @DefaultValue @Valid @NotNull Qdrant qdrant) {}

    /**
     * Where Qdrant is.
     *
     * @param port of its gRPC interface
     * @param tls whether the connection is encrypted; only to this machine may it be unencrypted
     * @param certificate PEM file of the authority that vouches for Qdrant's certificate; the Java platform's when absent
     * @param timeout of one attempt
     */
    public record Qdrant(
            @DefaultValue("localhost") @NotBlank String host,
            @DefaultValue("6334") @Min(1) @Max(65535) int port,
            @DefaultValue("true") boolean tls,
            @Nullable Path certificate,
            @Nullable String apiKey,
            @DefaultValue("1s") @DurationMin(millis = 10) Duration timeout) {

        private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

        public Qdrant {
            if (!tls && !HERE.contains(host)) {
                throw new IllegalArgumentException(
                        "vultus.gallery.qdrant: without TLS only a Qdrant on this machine is used");
            }
        }

        @Override
        public String toString() {
            return "Qdrant[host=%s, port=%d, tls=%s]".formatted(host, port, tls);
        }
    }

    /**
     * Live video.
     *
     * @param enabled whether it is taken; without it the pages send single pictures
     * @param address the IP address that browsers send to; when absent, the one that their request came to
     * @param firstPort of the UDP ports that may be used; 0 for any
     * @param lastPort of them
     * @param stun {@code stun:host:port} by which this server learns its outer address
     * @param turn a relay, {@code turn:host:port}, {@code turn:host:port?transport=tcp} or {@code turns:host:port}, where browsers
     *     cannot reach this server by UDP; of several addresses of it this server asks the first, and clients are told all
     * @param turnUsername this server's account there; clients are given none
     * @param turnPassword its password
     * @param turnSecret in place of an account, what the relay and this server share, and from which accounts are made that end with
     *     a session: one for this server, and the same for the session's client
     * @param maximumConnections how many may be open; more send single pictures. 0 for ten for each processor: twenty on two
     *     were decided within three seconds, fifty were not (docs/results/webrtc.md)
     */
    public record WebRtc(
            @DefaultValue("true") boolean enabled,
            @Nullable String address,
            @DefaultValue("0") @Min(0) @Max(65535) int firstPort,
            @DefaultValue("0") @Min(0) @Max(65535) int lastPort,
            @Nullable String stun,
            @DefaultValue List<String> turn,
            @DefaultValue("") String turnUsername,
            @DefaultValue("") String turnPassword,
            @DefaultValue("") String turnSecret,
            @DefaultValue("0") @Min(0) @Max(1000) int maximumConnections) {

        private static final String HOST = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:(?<port>\\d{1,5}))?";
        private static final Pattern STUN = Pattern.compile("stun:" + HOST);
        private static final Pattern TURN = Pattern.compile("turns?:" + HOST + "(\\?transport=(udp|tcp))?");
        private static final int LAST_PORT = 65_535;

        /** Refuses what the native library would not take: it does not say so, but ends the process. */
        public WebRtc {
            if (address != null && !isAddress(address)) {
                throw new IllegalArgumentException(
                        "vultus.webrtc.address: an IP address such as 10.12.0.1 is expected, not " + address);
            }
            if (stun != null && !matches(STUN, stun)) {
                throw new IllegalArgumentException("vultus.webrtc.stun: stun:HOST:PORT is expected, not " + stun);
            }
            for (String relay : turn) {
                if (!matches(TURN, relay)) {
                    throw new IllegalArgumentException(
                            "vultus.webrtc.turn: turn:HOST:PORT, turn:HOST:PORT?transport=tcp or turns:HOST:PORT is expected, not "
                                    + relay);
                }
            }
            if (!turnSecret.isEmpty() && !turnUsername.isEmpty()) {
                throw new IllegalArgumentException(
                        "vultus.webrtc: set turn-secret, or turn-username and turn-password; not both");
            }
            if (!turn.isEmpty() && turnSecret.isEmpty() && (turnUsername.isEmpty() || turnPassword.isEmpty())) {
                throw new IllegalArgumentException(
                        "vultus.webrtc.turn: a relay wants an account; set turn-secret, or turn-username and turn-password");
            }
            if (firstPort < 0 || lastPort > LAST_PORT || lastPort < firstPort) {
                throw new IllegalArgumentException(
                        "vultus.webrtc: first-port to last-port is a range of UDP ports such as 50000 to 50100, not %d to %d"
                                .formatted(firstPort, lastPort));
            }
        }

        /** Whether it is written so, with a port that there is or none. */
        private static boolean matches(Pattern form, String url) {
            Matcher written = form.matcher(url);
            if (!written.matches()) {
                return false;
            }
            String port = written.group("port");
            return port == null || (Integer.parseInt(port) > 0 && Integer.parseInt(port) <= LAST_PORT);
        }

        private static boolean isAddress(String text) {
            try {
                InetAddress.ofLiteral(text);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /** How many may be open. */
        public int mostConnections() {
            return maximumConnections > 0
                    ? maximumConnections
                    : 10 * Runtime.getRuntime().availableProcessors();
        }

        @Override
        public String toString() {
            return "WebRtc[enabled=%s, address=%s, ports=%d-%d]".formatted(enabled, address, firstPort, lastPort);
        }
    }

    /**
     * @param zone of the days of those who have no roster, such as America/Sao_Paulo; the machine's when absent
     * @param repeatInterval within this time after a punch another of the same person is the same one
     * @param clipBytes the longest clip that is looked at; a request holds no more than 10 MB
     * @param clipLength the longest time that it may show
     */
    public record Attendance(
            @Nullable ZoneId zone,
            @DefaultValue("60s") @DurationMin Duration repeatInterval,

            @DefaultValue("10000000") @Min(1) @Max(10_000_000)
            int clipBytes,

            @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(seconds = 30)
            Duration clipLength) {}
}
