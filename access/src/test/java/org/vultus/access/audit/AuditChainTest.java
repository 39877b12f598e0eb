package org.vultus.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A chain as it was written once, with hashes and a signature that were computed apart from this program: exports of every age
 * must verify.
 */
class AuditChainTest {
    private static final UUID OFFICER = new UUID(0, 1);
    private static final UUID ANA = new UUID(0, 2);
    private static final UUID ICU = new UUID(0, 0xaa);

    private static final String FIRST = "ec67c4d0aa733a57a71f0ec9bcf911de0e865ae6b688aca16885e9dd421c2f04";
    private static final String SECOND = "dce2d67ae29848ed57f69d81b28a6ca06cd6209766f26cb56d95a0f3fe29191e";
    private static final String THIRD = "bfe77a142ef133b2ee29112f1e771a85701921d07174ba6b270a04cb77337dfd";

    /** The key pair of the 32 bytes 0 to 31. */
    private static final String PUBLIC_KEY = "MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

    private static final String SIGNATURE =
            "Z54kAj3R0ZGRd+Dn7IRJWCcbhLT1pyEtOAOlT4DIEX/0LbuWMzvXMYlDb286+3kB3nxv5a9Zr6q/ve6/5W2LAQ==";

    private static final List<AuditRecord> FROZEN = List.of(
            new AuditRecord(
                    1,
                    Instant.parse("2026-03-02T08:00:00Z"),
                    AuditEvent.done(Action.SERVER_STARTED, Actor.SYSTEM, null, null),
                    AuditChain.GENESIS,
                    FIRST),
            new AuditRecord(
                    2,
                    Instant.parse("2026-03-02T08:00:01.5Z"),
                    AuditEvent.done(Action.SUBJECT_CREATED, new Actor(OFFICER, "10.0.0.7", "Ambulatório 2"), ANA, ICU)
                            .with("username", "ana")
                            .with("roles", ""),
                    FIRST,
                    SECOND),
            new AuditRecord(
                    3,
                    Instant.parse("2026-03-02T08:00:02.000001Z"),
                    AuditEvent.refused(Action.FACE_SIGN_IN, new Actor(null, "10.0.0.7", null), ANA, ICU, "NO_MATCH"),
                    SECOND,
                    THIRD));

    @Test
    void verifiesTheFrozenChainAndItsSignature() throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(PUBLIC_KEY)));
        AuditVerifier verifier = new AuditVerifier(Map.of("2026-03", key));

        FROZEN.forEach(verifier::accept);
        verifier.accept(new Checkpoint(3, THIRD, Instant.parse("2026-03-02T09:00:00Z"), "2026-03", SIGNATURE));

        assertThat(verifier.verdict()).isEqualTo(new AuditVerdict.Intact(1, 3, 1, 3));
    }

    @Test
    void writesTheSameHashesToday() {
        AuditRecord before = FROZEN.getFirst();
        assertThat(AuditChain.next(1, before.at(), before.event(), AuditChain.GENESIS))
                .isEqualTo(before);
        for (AuditRecord record : FROZEN.subList(1, 3)) {
            assertThat(AuditChain.next(record.sequence(), record.at(), record.event(), before.hash()))
                    .isEqualTo(record);
            before = record;
        }
    }

    @Test
    void tellsAbsentFromEmptyAndWhereOneFieldEndsFromWhereTheNextBegins() {
        Instant at = Instant.EPOCH;
        List<Actor> alike = List.of(
                new Actor(null, "ab", "c"),
                new Actor(null, "a", "bc"),
                new Actor(null, "abc", ""),
                new Actor(null, "abc", null),
                new Actor(null, "", "abc"),
                new Actor(null, null, "abc"));

        assertThat(alike.stream()
                        .map(actor -> AuditChain.hash(
                                1, at, AuditEvent.done(Action.AUDIT_READ, actor, null, null), AuditChain.GENESIS)))
                .doesNotHaveDuplicates();
    }
}
