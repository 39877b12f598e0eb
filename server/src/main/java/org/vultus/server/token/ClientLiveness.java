package org.vultus.server.token;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.vultus.access.subject.LivenessPolicy;

/**
 * What an application asks of a face beyond what the department does. As a filter before authorisation: whoever signed in by a face of
 * which less was asked has to sign in again. Passwords are taken as they are.
 */
public final class ClientLiveness extends OncePerRequestFilter {
    private static final String SETTING = "vultus.liveness";

    private final RegisteredClientRepository clients;
    private final HttpSessionRequestCache requests = new HttpSessionRequestCache();

    public ClientLiveness(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    /** By its name, in the settings that the provider keeps of an application. */
    static ClientSettings.Builder ask(ClientSettings.Builder settings, LivenessPolicy liveness) {
        return settings.setting(SETTING, liveness.name());
    }

    static LivenessPolicy of(RegisteredClient client) {
        String name = client.getClientSettings().getSetting(SETTING);
        return name == null ? LivenessPolicy.PASSIVE : LivenessPolicy.valueOf(name);
    }

    /** What the application asks for that sent a browser here to sign in, if one did. */
    public LivenessPolicy waitingFor(HttpServletRequest request, HttpServletResponse response) {
        SavedRequest saved = requests.getRequest(request, response);
        String[] ids = saved == null ? null : saved.getParameterValues("client_id");
        return ids == null || ids.length == 0 ? LivenessPolicy.PASSIVE : of(ids[0]);
    }

    private LivenessPolicy of(@Nullable String id) {
        RegisteredClient client = id == null || id.isEmpty() ? null : clients.findByClientId(id);
        return client == null ? LivenessPolicy.PASSIVE : of(client);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().endsWith("/oauth2/authorize");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && !SignedInPerson.shows(who, of(request.getParameter("client_id")))) {
            HttpSession session = request.getSession(false);
            // Who may not be disturbed stays signed in elsewhere; this application hears that nobody is.
            if (session != null && !"none".equals(request.getParameter("prompt"))) {
                session.invalidate();
            }
            SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
        }
        chain.doFilter(request, response);
    }
}
