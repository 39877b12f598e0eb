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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vultus.store.keys.SigningKeys;

/**
 * The keys that tokens are signed with, newest first: the first signs, the others are published so that tokens they signed can
 * still be checked. RS256, because OpenID Connect Core (15.1) has every client know it. Safe for several threads.
 */
public final class TokenKeys implements JWKSource<SecurityContext> {
    private final Supplier<List<Named>> first;
    private volatile @Nullable JWKSet keys;

    /** A key pair by the name under which its public half is published. */
    public record Named(String id, KeyPair pair) {}

    /** @param newestFirst called once it has given at least one: when a key is first asked for, by {@link #ready} or for a token */
    public TokenKeys(Supplier<List<Named>> newestFirst) {
        this.first = newestFirst;
    }

    /** Returns when there are keys. */
    public void ready() {
        keys();
    }

    /** The store's key pairs as this class wants them. */
    public static List<Named> named(List<SigningKeys.Signer> signers) {
        return signers.stream()
                .map(signer -> new Named(signer.id(), signer.pair()))
                .toList();
    }

    private JWKSet keys() {
        JWKSet known = keys;
        if (known == null) {
            synchronized (this) {
                known = keys;
                if (known == null) {
                    known = set(first.get());
                    keys = known;
                }
            }
        }
        return known;
    }

    /** From now on these, at least one. */
    public synchronized void replace(List<Named> newestFirst) {
        keys = set(newestFirst);
    }

    private static JWKSet set(List<Named> newestFirst) {
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
        return new JWKSet(jwks);
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(keys());
    }
}
