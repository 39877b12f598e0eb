package org.vultus.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Subject;
import org.vultus.store.CannotStart;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.testkit.ManualClock;

class SiteKeysTest {
    private static final byte[] CONTEXT = "context".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECRET = "a key".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private TestDatabase database;
    private Path file;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        file = folder.resolve("keys").resolve("site-keyset.json");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void makesAFileForItsOwnerAloneAndOpensItAgain() throws IOException {
        byte[] wrapped = keys().wrap(SECRET, CONTEXT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(keys().unwrap(wrapped, CONTEXT)).isEqualTo(SECRET);
        assertThat(SiteKeys.keyOf(wrapped)).isEqualTo(keys().primary());
        assertThatThrownBy(() -> keys().unwrap(wrapped, SECRET)).isInstanceOf(SealBroken.class);
    }

    @Test
    void doesNotStartWithoutTheFileOfTheDatabase() throws IOException {
        keys();
        Files.delete(file);

        assertThatThrownBy(this::keys)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Restore it from its backup");
        assertThat(file).doesNotExist();
    }

    @Test
    void doesNotStartWithTheFileOfAnotherDatabaseOrADamagedOne() throws IOException {
        keys();
        try (TestDatabase other = TestDatabase.create()) {
            Path othersFile = folder.resolve("other.json");
            SiteKeys.open(othersFile, other.jdbc());
            Files.copy(othersFile, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertThatThrownBy(this::keys)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("does not belong to this database");

        Files.writeString(file, "{}");
        assertThatThrownBy(this::keys).isInstanceOf(CannotStart.class).hasMessageContaining("is damaged");
    }

    @Test
    void doesNotStartWithAFileFromBeforeARotation() throws IOException {
        SiteKeys keys = keys();
        byte[] old = Files.readAllBytes(file);
        keys.addKey(database.jdbc());
        byte[] wrapped = keys.wrap(SECRET, CONTEXT);

        assertThat(keys().unwrap(wrapped, CONTEXT)).isEqualTo(SECRET);
        Files.write(file, old);
        assertThatThrownBy(this::keys).isInstanceOf(CannotStart.class).hasMessageContaining("or is older than it");
    }

    @Test
    void remembersAKeyThatWasAddedJustBeforeTheServerWasKilled() throws IOException {
        SiteKeys keys = keys();
        byte[] old = Files.readAllBytes(file);
        keys.addKey(database.jdbc());
        // As if the file had been replaced and the row not been written.
        database.jdbc()
                .sql("DELETE FROM site_keys WHERE id = ?")
                .param(keys.primary())
                .update();

        keys();

        Files.write(file, old);
        assertThatThrownBy(this::keys).isInstanceOf(CannotStart.class);
    }

    @Test
    void rotationKeepsEverythingReadableAndCanBeInterrupted() throws GeneralSecurityException, IOException {
        SqlSite site = SqlSite.over(database, file, Clock.systemUTC());
        People people = new People(site);
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            references.add(people.enrol(people.person("p" + i), i));
        }
        KeyPair before =
                site.signingKeys().inUse(SigningKeys.Purpose.AUDIT).getFirst().pair();
        long oldKey = site.siteKeys().primary();

        site.siteKeys().addKey(database.jdbc());
        assertThat(site.siteKeys().primary()).isNotEqualTo(oldKey);
        assertThat(site.siteKeys().disableOldKeys(database.jdbc()))
                .as("nothing is disabled that is needed")
                .isFalse();

        // The server is killed here, and goes on after its next start.
        SqlSite next = SqlSite.over(database, file, Clock.systemUTC());
        assertReadable(next, references);
        assertThat(next.vault().rewrap()).isEqualTo(7);
        assertThat(next.vault().rewrap()).isZero();
        assertThat(next.signingKeys().rewrap()).isEqualTo(1);
        assertThat(next.siteKeys().disableOldKeys(database.jdbc())).isTrue();

        SqlSite last = SqlSite.over(database, file, Clock.systemUTC());
        assertReadable(last, references);
        KeyPair after =
                last.signingKeys().inUse(SigningKeys.Purpose.AUDIT).getFirst().pair();
        assertThat(after.getPublic()).isEqualTo(before.getPublic());
        assertThat(verifies(after)).isTrue();
        assertThat(Files.readString(file)).contains("DISABLED");
    }

    @Test
    void whatTheOldKeyWrappedDoesNotOpenOnceItIsDisabled() {
        SiteKeys keys = keys();
        byte[] wrapped = keys.wrap(SECRET, CONTEXT);
        keys.addKey(database.jdbc());
        assertThat(keys.unwrap(wrapped, CONTEXT)).isEqualTo(SECRET);

        assertThat(keys.disableOldKeys(database.jdbc())).isTrue();

        assertThatThrownBy(() -> keys.unwrap(wrapped, CONTEXT)).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> keys().unwrap(wrapped, CONTEXT)).isInstanceOf(SealBroken.class);
    }

    @Test
    void anEnrolmentThatIsNotYetKeptKeepsTheOldKeyInUse() throws Exception {
        SqlSite site = SqlSite.over(database, file, Clock.systemUTC());
        People people = new People(site);
        Subject ana = people.person("ana");
        CountDownLatch sealed = new CountDownLatch(1);
        CountDownLatch keep = new CountDownLatch(1);
        CompletableFuture<Reference> enrolment =
                CompletableFuture.supplyAsync(() -> site.work().call(() -> {
                    Reference reference = people.enrol(ana, 1);
                    sealed.countDown();
                    wait(keep);
                    return reference;
                }));
        wait(sealed);
        site.siteKeys().addKey(database.jdbc());
        assertThat(site.vault().rewrap()).as("it is not there yet").isZero();
        CompletableFuture<Boolean> disabled =
                CompletableFuture.supplyAsync(() -> site.siteKeys().disableOldKeys(database.jdbc()));
        keep.countDown();

        assertThat(disabled.get(30, TimeUnit.SECONDS)).isFalse();
        Reference reference = enrolment.get(30, TimeUnit.SECONDS);
        assertReadable(SqlSite.over(database, file, Clock.systemUTC()), List.of(reference));
        assertThat(site.vault().rewrap()).isEqualTo(1);
        assertThat(site.siteKeys().disableOldKeys(database.jdbc())).isTrue();
        assertReadable(site, List.of(reference));
    }

    private static void wait(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void wrapsAKeyMadeDuringTheRotationWithTheNewOne() {
        SqlSite site = SqlSite.over(database, file, Clock.systemUTC());
        People people = new People(site);
        Subject early = people.person("early");
        people.enrol(early, 1);
        site.siteKeys().addKey(database.jdbc());
        people.enrol(people.person("late"), 2);

        assertThat(site.vault().rewrap()).isEqualTo(1);
    }

    @Test
    void applicationsGetRsaAndOurOwnTokensACurve() {
        SigningKeys keys =
                SqlSite.over(database, file, new ManualClock(People.MONDAY)).signingKeys();

        assertThat(keys.inUse(SigningKeys.Purpose.TOKEN).getFirst().pair().getPublic())
                .isInstanceOfSatisfying(
                        RSAPublicKey.class,
                        key -> assertThat(key.getModulus().bitLength()).isEqualTo(3072));
        assertThat(keys.inUse(SigningKeys.Purpose.OWN_TOKEN).getFirst().pair().getPublic())
                .isInstanceOfSatisfying(
                        ECPublicKey.class,
                        key -> assertThat(key.getParams().toString()).contains("secp256r1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "OWN_TOKEN"})
    void signingKeysAreReplacedAndRetiredOnlyWhenWhatTheySignedHasEnded(SigningKeys.Purpose purpose) {
        ManualClock clock = new ManualClock(People.MONDAY);
        SigningKeys keys = SqlSite.over(database, file, clock).signingKeys();
        String first = keys.inUse(purpose).getFirst().id();

        clock.advance(Duration.ofDays(1));
        List<SigningKeys.Signer> two = keys.rotate(purpose, Duration.ofHours(1));
        assertThat(two).hasSize(2);
        assertThat(two.getLast().id()).isEqualTo(first);

        clock.advance(Duration.ofDays(1));
        List<SigningKeys.Signer> later = keys.rotate(purpose, Duration.ofHours(1));
        assertThat(later).hasSize(2).extracting(SigningKeys.Signer::id).doesNotContain(first);
        assertThat(keys.published(purpose)).hasSize(3).containsKey(first);
        assertThat(database.jdbc()
                        .sql("SELECT private_key IS NULL FROM signing_keys WHERE id = ?")
                        .param(first)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private static boolean verifies(KeyPair pair) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(SECRET);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(SECRET);
        return signature.verify(signed);
    }

    private static void assertReadable(SqlSite site, List<Reference> references) {
        List<Reference> read = Collections.synchronizedList(new ArrayList<>());
        assertThat(site.references().forEachActive(People.EXTRACTOR, read::add)).isZero();
        assertThat(read).containsExactlyInAnyOrderElementsOf(references);
    }

    private SiteKeys keys() {
        return SiteKeys.open(file, database.jdbc());
    }
}
