package org.vultus.server.token;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.vultus.access.signin.Authenticated;
import org.vultus.access.signin.AuthenticationMethod;
import org.vultus.access.subject.LivenessPolicy;

/**
 * A sign-in as a browser's session remembers it: the person's identifier, and how and when they signed in, in types that Spring
 * Security can write to the database and read back. From the time it makes the claim {@code auth_time}, and issues no ID token
 * without. Everything else is looked up when a token is issued.
 */
final class SignedInPerson {
    private static final String FACTOR = "FACTOR_";
    private static final String LIVENESS = "LIVENESS_";

    private SignedInPerson() {}

    static Authentication of(Authenticated evidence) {
        List<GrantedAuthority> authorities = new ArrayList<>();
        evidence.methods()
                .forEach(method -> authorities.add(FactorGrantedAuthority.withAuthority(FACTOR + method.name())
                        .issuedAt(evidence.at())
                        .build()));
        evidence.liveness().ifPresent(asked -> authorities.add(new SimpleGrantedAuthority(LIVENESS + asked.name())));
        User user = new User(evidence.subject().id().toString(), "", authorities);
        return UsernamePasswordAuthenticationToken.authenticated(user, null, authorities);
    }

    /** Whether as much was asked of the face that signed in; a password shows nothing of a face and needs not to. */
    static boolean shows(Authentication authentication, LivenessPolicy wanted) {
        if (!methods(authentication).equals(Set.of(AuthenticationMethod.FACE))) {
            return true;
        }
        return authentication.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .filter(name -> name != null && name.startsWith(LIVENESS))
                        .map(name -> LivenessPolicy.valueOf(name.substring(LIVENESS.length())))
                        .reduce(LivenessPolicy.PASSIVE, LivenessPolicy::andAtLeast)
                        .compareTo(wanted)
                >= 0;
    }

    static Set<AuthenticationMethod> methods(Authentication authentication) {
        Set<AuthenticationMethod> methods = EnumSet.noneOf(AuthenticationMethod.class);
        for (GrantedAuthority authority : authentication.getAuthorities()) {
            String name = authority.getAuthority();
            if (name != null && name.startsWith(FACTOR)) {
                methods.add(AuthenticationMethod.valueOf(name.substring(FACTOR.length())));
            }
        }
        return methods;
    }
}
