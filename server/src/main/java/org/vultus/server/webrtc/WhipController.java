package org.vultus.server.webrtc;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;
import org.vultus.server.socket.RemoteSessions;
import org.vultus.server.token.Issuer;

/** {@code POST /face-auth/sessions/{id}/whip} and what follows it (RFC 9725): the session's video instead of its frames. */
@RestController
@Tag(name = "Sign-in")
final class WhipController {
    static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    /** A JWT that names the certificate which the client will meet, for clients that pin our keys. */
    static final String FINGERPRINT = "Vultus-Fingerprint";

    private final RemoteSessions sessions;
    private final Peers peers;
    private final JwtEncoder encoder;
    private final Issuer issuer;
    private final VultusProperties.WebRtc settings;

    WhipController(
            RemoteSessions sessions, Peers peers, JwtEncoder encoder, Issuer issuer, VultusProperties properties) {
        this.sessions = sessions;
        this.peers = peers;
        this.encoder = encoder;
        this.issuer = issuer;
        this.settings = properties.webrtc();
    }

    @PostMapping(path = "/face-auth/sessions/{id}/whip", consumes = SDP)
    @Operation(summary = "Connects live video to a session: takes an SDP offer, gives the answer")
    ResponseEntity<byte[]> connect(
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody(required = false) byte @Nullable [] body) {
        RemoteSessions.Remote remote = sessions.of(id, authorization);
        try {
            SdpOffer offer = SdpOffer.of(body == null ? new byte[0] : body, reachable(request));
            Peers.Accepted accepted = peers.connect(remote, offer, address(request), asks(request));
            return ResponseEntity.created(URI.create("/face-auth/sessions/" + id + "/whip"))
                    .contentType(MediaType.parseMediaType(SDP))
                    .eTag(accepted.etag())
                    .headers(headers -> headers.addAll(HttpHeaders.LINK, peers.relays(remote)))
                    .header(FINGERPRINT, signed(request, id, remote, accepted.answer()))
                    .body(accepted.answer().text().getBytes(StandardCharsets.US_ASCII));
        } catch (BadOffer e) {
            throw problem(e);
        }
    }

    /** Only who has the session is told of the relay: an account of it is good for others' traffic too. */
    @RequestMapping(path = "/face-auth/sessions/{id}/whip", method = RequestMethod.OPTIONS)
    @Operation(summary = "With the session's token: the relay that the client may use, where there is one (Link)")
    ResponseEntity<Void> options(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        ResponseEntity.HeadersBuilder<?> answer = ResponseEntity.noContent()
                .allow(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.OPTIONS)
                .header("Accept-Post", SDP)
                .cacheControl(CacheControl.noStore());
        if (authorization != null) {
            answer.headers(headers -> headers.addAll(HttpHeaders.LINK, peers.relays(sessions.of(id, authorization))));
        }
        return answer.build();
    }

    @PatchMapping(path = "/face-auth/sessions/{id}/whip", consumes = FRAGMENT)
    @Operation(summary = "Adds candidates of the client (trickle ICE)")
    ResponseEntity<Void> trickle(
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        try {
            peers.trickle(
                    id, authorization, ifMatch, IceFragment.of(body == null ? new byte[0] : body, reachable(request)));
            return ResponseEntity.noContent().build();
        } catch (BadOffer e) {
            throw problem(e);
        }
    }

    @DeleteMapping("/face-auth/sessions/{id}/whip")
    @Operation(summary = "Ends the connection, and the session if it has not been decided")
    ResponseEntity<Void> end(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        peers.end(id, authorization);
        return ResponseEntity.ok().build();
    }

    private static Problem problem(BadOffer e) {
        return new Problem(
                e.isMalformed() ? ProblemType.BAD_REQUEST : ProblemType.OFFER_UNUSABLE, String.valueOf(e.getMessage()));
    }

    private InetAddress address(HttpServletRequest request) {
        return InetAddress.ofLiteral(settings.address() != null ? settings.address() : request.getLocalAddr());
    }

    /**
     * Only the address that asks, so that nobody can make this server send packets elsewhere; it finds us, and thereby shows its
     * others. With a relay the paths are the site's to allow.
     */
    private Predicate<InetAddress> reachable(HttpServletRequest request) {
        return settings.turn().isEmpty() ? asks(request)::equals : address -> true;
    }

    private static InetAddress asks(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr());
    }

    private String signed(HttpServletRequest request, UUID id, RemoteSessions.Remote remote, SdpAnswer answer) {
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(issuer.of(request))
                .id(id.toString())
                .issuedAt(remote.session().attempt().session().openedAt())
                .expiresAt(remote.session().attempt().session().expiresAt())
                .claim("fingerprint", answer.fingerprint())
                .build();
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256)
                .type("vultus-fingerprint+jwt")
                .build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }
}
