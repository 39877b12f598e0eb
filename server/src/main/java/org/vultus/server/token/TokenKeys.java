package org.vultus.server.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vultus.store.keys.SigningKeys;

/**
 * The keys that tokens are signed with, newest first: the first of each kind signs, the others are published so that tokens they signed
 * can still be checked. RSA keys sign RS256 for applications, because OpenID Connect Core (15.1) has every client know it; keys on the
 * curve P-256 sign ES256 for Vultus itself, which costs far less. Safe for several threads.
 */
public final class TokenKeys implements JWKSource<SecurityContext> {
    private final Supplier<List<Named>> first;
    private volatile @Nullable JWKSet keys;

    /** A key pair by the name under which its public half is published. */
    public record Named(String id, KeyPair pair) {}

    /**
     * @param newestFirst of each kind; called until it has given at least one: when a key is first asked for, by {@link #ready} or for a
     *     token
     */
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
            jwks.add(jwk(named));
        }
        return new JWKSet(jwks);
    }

    private static JWK jwk(Named named) {
        return switch (named.pair().getPublic()) {
            case RSAPublicKey rsa ->
                new RSAKey.Builder(rsa)
                        .privateKey(named.pair().getPrivate())
                        .keyID(named.id())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .build();
            case ECPublicKey curve ->
                new ECKey.Builder(Curve.P_256, curve)
                        .privateKey(named.pair().getPrivate())
                        .keyID(named.id())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES256)
                        .build();
            case PublicKey other ->
                throw new IllegalArgumentException("no tokens are signed by " + other.getAlgorithm());
        };
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(keys());
    }
}
