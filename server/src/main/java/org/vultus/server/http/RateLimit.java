package org.vultus.server.http;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How often one address may try to sign in, whatever the name: a bucket in the database that all servers of the site share. It
 * slows guessing down; the lockouts of the use cases count failures.
 */
public final class RateLimit extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimit.class);
    private static final Set<String> ATTEMPTS =
            Set.of("/token", "/api/account/password", "/sign-in/password", "/sign-in/face", "/face-auth/sessions");

    private final ProxyManager<String> buckets;
    private final BucketConfiguration perAddress;

    /** @param perMinute how many attempts one address may make in a minute, at once or spread over it */
    public RateLimit(ProxyManager<String> buckets, int perMinute) {
        this.buckets = buckets;
        this.perAddress = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        boolean socket = "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
        return !socket && !(request.getMethod().equals("POST") && ATTEMPTS.contains(request.getRequestURI()));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ConsumptionProbe probe;
        try {
            probe = buckets.builder()
                    .build("attempts/" + request.getRemoteAddr(), () -> perAddress)
                    .tryConsumeAndReturnRemaining(1);
        } catch (RuntimeException e) {
            LOG.error("The database does not answer, so no attempt can be counted: {}", e.getMessage());
            ProblemResponse.write(
                    response,
                    ProblemType.DATABASE_UNAVAILABLE,
                    "Nothing was changed. Try again in a moment, or tell the administrator.");
            return;
        }
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        long seconds =
                Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1);
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        ProblemResponse.write(
                response, ProblemType.TOO_MANY_ATTEMPTS, "Wait %d seconds before you try again.".formatted(seconds));
    }
}
