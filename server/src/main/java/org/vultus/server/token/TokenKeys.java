package org.vultus.server.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vultus.store.keys.SigningKeys;

/**
 * The keys that tokens are signed with, newest first: the first signs, the others are published so that tokens they signed can
 * still be checked. RS256, because OpenID Connect Core (15.1) has every client know it. Safe for several threads.
 */
public final class TokenKeys implements JWKSource<SecurityContext> {
    private volatile JWKSet keys = new JWKSet();

    /** A key pair by the name under which its public half is published. */
    public record Named(String id, KeyPair pair) {}

    /** @param newestFirst at least one */
    public TokenKeys(List<Named> newestFirst) {
        replace(newestFirst);
    }

    /** The store's key pairs as this class wants them. */
    public static List<Named> named(List<SigningKeys.Signer> signers) {
        return signers.stream()
                .map(signer -> new Named(signer.id(), signer.pair()))
                .toList();
    }

    /** From now on these. */
    public void replace(List<Named> newestFirst) {
        if (newestFirst.isEmpty()) {
            throw new IllegalArgumentException("no key to sign tokens with");
        }
        List<JWK> jwks = new ArrayList<>();
        for (Named named : newestFirst) {
            jwks.add(new RSAKey.Builder((RSAPublicKey) named.pair().getPublic())
                    .privateKey(named.pair().getPrivate())
                    .keyID(named.id())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .build());
        }
        keys = new JWKSet(jwks);
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(keys);
    }
}
