package org.vultus.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final KeyPair KEY = keyPair();
    private static final KeyPair OTHER_KEY = keyPair();

    /** Which field of a record somebody changes who does not compute the hash anew. */
    enum Field {
        TIME,
        PREVIOUS,
        HASH,
        ACTION,
        WHO,
        ADDRESS,
        DEVICE,
        WHOM,
        WHERE,
        RESULT,
        MORE_DETAIL,
        OTHER_DETAIL,
        NO_DETAIL;

        AuditRecord changed(AuditRecord r) {
            AuditEvent e = r.event();
            Actor a = e.actor();
            return switch (this) {
                case TIME -> new AuditRecord(r.sequence(), r.at().plusNanos(1000), e, r.previous(), r.hash());
                case PREVIOUS -> new AuditRecord(r.sequence(), r.at(), e, flip(r.previous()), r.hash());
                case HASH -> new AuditRecord(r.sequence(), r.at(), e, r.previous(), flip(r.hash()));
                case ACTION ->
                    with(
                            r,
                            new AuditEvent(
                                    e.action() == Action.ENROLMENT ? Action.AUDIT_READ : Action.ENROLMENT,
                                    a,
                                    e.subject(),
                                    e.department(),
                                    e.accepted(),
                                    e.detail()));
                case WHO -> with(r, by(e, new Actor(new UUID(9, 9), a.address(), a.device())));
                case ADDRESS -> with(r, by(e, new Actor(a.subject(), a.address() + "0", a.device())));
                case DEVICE -> with(r, by(e, new Actor(a.subject(), a.address(), a.device() == null ? "" : null)));
                case WHOM ->
                    with(r, new AuditEvent(e.action(), a, new UUID(9, 9), e.department(), e.accepted(), e.detail()));
                case WHERE -> with(r, new AuditEvent(e.action(), a, e.subject(), null, e.accepted(), e.detail()));
                case RESULT ->
                    with(r, new AuditEvent(e.action(), a, e.subject(), e.department(), !e.accepted(), e.detail()));
                case MORE_DETAIL -> with(r, e.with("more", ""));
                case OTHER_DETAIL -> with(r, e.with("reason", "none"));
                case NO_DETAIL ->
                    with(r, new AuditEvent(e.action(), a, e.subject(), e.department(), e.accepted(), new TreeMap<>()));
            };
        }

        private static AuditRecord with(AuditRecord r, AuditEvent event) {
            return new AuditRecord(r.sequence(), r.at(), event, r.previous(), r.hash());
        }

        private static AuditEvent by(AuditEvent e, Actor actor) {
            return new AuditEvent(e.action(), actor, e.subject(), e.department(), e.accepted(), e.detail());
        }

        private static String flip(String hash) {
            return (hash.charAt(0) == '0' ? '1' : '0') + hash.substring(1);
        }
    }

    @Property(seed = "2026", tries = 100)
    void acceptsAWholeChain(@ForAll @IntRange(min = 1, max = 20) int length) {
        assertThat(verdict(chain(length))).isEqualTo(new AuditVerdict.Intact(1, length, 0, 0));
    }

    @Property(seed = "2026", tries = 400)
    void namesTheRecordThatWasChanged(
            @ForAll @IntRange(min = 1, max = 12) int length, @ForAll Field field, @ForAll Random random) {
        List<AuditRecord> chain = chain(length);
        int victim = random.nextInt(length);

        chain.set(victim, field.changed(chain.get(victim)));

        assertThat(verdict(chain))
                .isInstanceOfSatisfying(
                        AuditVerdict.Broken.class,
                        broken -> assertThat(broken.sequence()).isEqualTo(victim + 1));
    }

    @Property(seed = "2026", tries = 100)
    void namesTheRecordAfterOneThatWasRewrittenWithItsHash(
            @ForAll @IntRange(min = 2, max = 12) int length, @ForAll Random random) {
        List<AuditRecord> chain = chain(length);
        int victim = random.nextInt(length - 1);
        AuditRecord before = chain.get(victim);

        chain.set(
                victim,
                AuditChain.next(
                        before.sequence(), before.at(), before.event().with("reason", "none"), before.previous()));

        assertThat(broken(chain)).isEqualTo(victim + 2);
    }

    @Property(seed = "2026", tries = 100)
    void namesTheRecordAfterOneThatWasTakenOut(@ForAll @IntRange(min = 3, max = 12) int length, @ForAll Random random) {
        List<AuditRecord> chain = chain(length);
        int victim = 1 + random.nextInt(length - 2);

        chain.remove(victim);

        assertThat(broken(chain)).isEqualTo(victim + 2);
    }

    @Property(seed = "2026", tries = 100)
    void namesTheRecordThatWasPutIn(@ForAll @IntRange(min = 2, max = 12) int length, @ForAll Random random) {
        List<AuditRecord> chain = chain(length);
        int place = 1 + random.nextInt(length - 1);
        AuditRecord before = chain.get(place - 1);

        chain.add(place, AuditChain.next(place + 1L, before.at(), event(77), before.hash()));

        // The one put in follows well from the one before; the one that had its place does not follow from it.
        assertThat(verdict(chain.subList(0, place + 1))).isInstanceOf(AuditVerdict.Intact.class);
        assertThat(broken(chain)).isEqualTo(place + 1);
    }

    @Property(seed = "2026", tries = 100)
    void namesTheFirstOfTwoThatChangedPlaces(@ForAll @IntRange(min = 2, max = 12) int length, @ForAll Random random) {
        List<AuditRecord> chain = chain(length);
        int place = random.nextInt(length - 1);

        chain.add(place, chain.remove(place + 1));

        // An export that begins with the second record is whole until the first one comes.
        assertThat(broken(chain)).isEqualTo(place == 0 ? 1 : place + 2);
    }

    @Test
    void saysWhatAnExportCoversWhenItsEndsAreCutOff() {
        List<AuditRecord> chain = chain(9);

        assertThat(verdict(chain.subList(3, 7))).isEqualTo(new AuditVerdict.Intact(4, 7, 0, 0));
    }

    @Test
    void findsAChainThatBeginsWithSomethingElse() {
        AuditRecord first = AuditChain.next(1, START, event(1), "1".repeat(64));

        assertThat(broken(List.of(first))).isEqualTo(1);
    }

    @Test
    void findsAnEmptyExport() {
        assertThat(broken(List.of())).isZero();
    }

    @Test
    void tellsHowFarSignaturesCover() {
        List<AuditRecord> chain = chain(5);
        AuditVerifier verifier = new AuditVerifier(Map.of("a", KEY.getPublic(), "b", OTHER_KEY.getPublic()));

        chain.subList(0, 2).forEach(verifier::accept);
        verifier.accept(checkpoint(chain.get(1), "a", KEY.getPrivate()));
        chain.subList(2, 4).forEach(verifier::accept);
        verifier.accept(checkpoint(chain.get(3), "b", OTHER_KEY.getPrivate()));
        verifier.accept(chain.get(4));

        assertThat(verifier.verdict()).isEqualTo(new AuditVerdict.Intact(1, 5, 2, 4));
    }

    @Test
    void findsAChainThatWasRewrittenWholeBeforeASignature() {
        List<AuditRecord> genuine = chain(4);
        Checkpoint signed = checkpoint(genuine.get(2), "a", KEY.getPrivate());
        List<AuditRecord> rewritten = new ArrayList<>();
        String previous = AuditChain.GENESIS;
        for (AuditRecord record : genuine) {
            AuditRecord forged = AuditChain.next(
                    record.sequence(), record.at(), record.event().with("reason", "none"), previous);
            rewritten.add(forged);
            previous = forged.hash();
        }

        assertThat(verdict(rewritten)).isInstanceOf(AuditVerdict.Intact.class);
        assertThat(verdict(rewritten, signed))
                .isEqualTo(new AuditVerdict.Broken(3, "the checkpoint was signed over another record"));
        assertThat(verdict(genuine.subList(0, 2), signed))
                .isEqualTo(new AuditVerdict.Broken(3, "the checkpoint was signed over another record"));
    }

    @Test
    void findsASignatureThatIsNotOfTheKeyItNames() {
        List<AuditRecord> chain = chain(3);
        AuditRecord last = chain.getLast();
        Checkpoint good = checkpoint(last, "a", KEY.getPrivate());
        List<Checkpoint> bad = List.of(
                checkpoint(last, "a", OTHER_KEY.getPrivate()),
                checkpoint(last, "unknown", KEY.getPrivate()),
                new Checkpoint(good.sequence(), good.hash(), good.at().plusSeconds(1), "a", good.signature()),
                new Checkpoint(good.sequence(), good.hash(), good.at(), "a", "not base64!"),
                new Checkpoint(good.sequence(), good.hash(), good.at(), "a", ""),
                new Checkpoint(
                        good.sequence(),
                        good.hash(),
                        good.at(),
                        "a",
                        good.signature().substring(4)));

        assertThat(verdict(chain, good)).isEqualTo(new AuditVerdict.Intact(1, 3, 1, 3));
        assertThat(bad)
                .allSatisfy(checkpoint -> assertThat(verdict(chain, checkpoint))
                        .isEqualTo(new AuditVerdict.Broken(
                                3, "the checkpoint's signature is not that of key " + checkpoint.key())));
    }

    @Test
    void keepsToTheFirstFault() {
        List<AuditRecord> chain = chain(6);
        chain.set(1, Field.TIME.changed(chain.get(1)));
        chain.remove(4);

        assertThat(verdict(chain, checkpoint(chain.getFirst(), "unknown", KEY.getPrivate())))
                .isEqualTo(new AuditVerdict.Broken(2, "the record was changed: its hash does not fit its contents"));
    }

    private static long broken(List<AuditRecord> chain) {
        return ((AuditVerdict.Broken) verdict(chain)).sequence();
    }

    private static AuditVerdict verdict(List<AuditRecord> chain, Checkpoint... checkpoints) {
        AuditVerifier verifier = new AuditVerifier(Map.of("a", KEY.getPublic()));
        chain.forEach(verifier::accept);
        for (Checkpoint checkpoint : checkpoints) {
            verifier.accept(checkpoint);
        }
        return verifier.verdict();
    }

    private static List<AuditRecord> chain(int length) {
        List<AuditRecord> chain = new ArrayList<>();
        String previous = AuditChain.GENESIS;
        for (int i = 1; i <= length; i++) {
            AuditRecord record = AuditChain.next(i, START.plusSeconds(i), event(i), previous);
            chain.add(record);
            previous = record.hash();
        }
        return chain;
    }

    private static AuditEvent event(int number) {
        SortedMap<String, String> detail = new TreeMap<>(Map.of("reason", "R" + number));
        return new AuditEvent(
                Action.values()[number % Action.values().length],
                new Actor(
                        number % 3 == 0 ? null : new UUID(1, number), "10.0.0." + number, number % 2 == 0 ? null : "Ü"),
                new UUID(2, number),
                new UUID(3, number),
                number % 2 == 0,
                detail);
    }

    private static Checkpoint checkpoint(AuditRecord record, String name, PrivateKey key) {
        Instant at = record.at().plusSeconds(60);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(Checkpoint.message(record.sequence(), record.hash(), at));
            return new Checkpoint(
                    record.sequence(),
                    record.hash(),
                    at,
                    name,
                    Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
