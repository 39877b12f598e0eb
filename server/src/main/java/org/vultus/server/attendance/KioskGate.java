package org.vultus.server.attendance;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskCredential;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.server.http.ProblemResponse;
import org.vultus.server.http.ProblemType;

/** Lets registered kiosks in, before anything of the body is read. */
public final class KioskGate extends OncePerRequestFilter {
    /** The request's attribute that holds the {@link Kiosk}. */
    static final String KIOSK = "org.vultus.kiosk";

    /** What a kiosk's WebSocket speaks. */
    public static final String PROTOCOL = "vultus-kiosk";

    private static final Logger LOG = LoggerFactory.getLogger(KioskGate.class);
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_CREDENTIAL = 200;

    private final Kiosks kiosks;

    public KioskGate(Kiosks kiosks) {
        this.kiosks = kiosks;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<KioskCredential> credential = credential(request);
        Optional<Kiosk> kiosk = Optional.empty();
        if (credential.isPresent()) {
            try {
                kiosk = kiosks.find(credential.get());
            } catch (RuntimeException e) {
                LOG.error("The database does not answer, so no kiosk can be let in: {}", e.getMessage());
                ProblemResponse.write(
                        response,
                        ProblemType.DATABASE_UNAVAILABLE,
                        "Nothing was changed. Keep the event and send it again in a moment.");
                return;
            }
        }
        if (kiosk.isEmpty()) {
            ProblemResponse.write(
                    response,
                    ProblemType.NOT_SIGNED_IN,
                    "This device is not registered, or was removed. An administrator registers it: POST /api/kiosks.");
            return;
        }
        request.setAttribute(KIOSK, kiosk.get());
        chain.doFilter(request, response);
    }

    /** From the bearer token; a page can give a WebSocket nothing but a second protocol beside {@link #PROTOCOL}. */
    private static Optional<KioskCredential> credential(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        String secret = authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : protocols != null && protocols.startsWith(PROTOCOL + ",")
                        ? protocols.substring(PROTOCOL.length() + 1).strip()
                        : "";
        return secret.isEmpty() || secret.length() > LONGEST_CREDENTIAL
                ? Optional.empty()
                : Optional.of(new KioskCredential(secret));
    }
}
