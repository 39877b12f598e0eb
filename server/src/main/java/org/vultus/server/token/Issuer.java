package org.vultus.server.token;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What tokens name as their issuer: as configured, or the address that the request was sent to. */
public final class Issuer {
    private final @Nullable String configured;

    public Issuer(@Nullable String configured) {
        this.configured = configured;
    }

    public String of(HttpServletRequest request) {
        return of(URI.create(request.getRequestURL().toString()));
    }

    /** @param address of any page of this server */
    public String of(URI address) {
        if (configured != null) {
            return configured;
        }
        String scheme = switch (address.getScheme()) {
            case "wss", "https" -> "https";
            default -> "http";
        };
        return scheme + "://" + address.getAuthority();
    }
}
