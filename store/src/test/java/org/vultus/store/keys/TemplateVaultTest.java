package org.vultus.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.TemplateFormat;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;

class TemplateVaultTest {
    private static final int TRIES = 60;
    private static TestDatabase database;
    private static TemplateVault vault;
    private static Subject ana;
    private static Subject bea;
    private static SqlSite site;
    private static People people;

    @BeforeContainer
    static void open() {
        database = TestDatabase.create();
        site = SqlSite.over(database, Clock.systemUTC());
        vault = site.vault();
        people = new People(site);
        ana = people.person("ana");
        bea = people.person("bea");
        vault.seal(bea.id(), People.features(People.EXTRACTOR, 0));
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Property(tries = TRIES, seed = "1")
    void givesBackEveryBitThatATemplateKeeps(@ForAll long seed) {
        FeatureVector features = People.features(People.EXTRACTOR, seed);

        byte[] sealed = vault.seal(ana.id(), features);

        assertThat(vault.open(ana.id(), People.EXTRACTOR, TemplateFormat.VERSION, sealed))
                .isEqualTo(features);
        assertThat(vault.seal(ana.id(), features)).as("sealed again").isNotEqualTo(sealed);
        byte[] plain = TemplateFormat.write(features);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(plain, 38, 16, StandardCharsets.ISO_8859_1));
    }

    @Property(tries = TRIES, seed = "2")
    void doesNotOpenWithABitFlipped(@ForAll long seed, @ForAll @IntRange(max = 1 << 20) int bit) {
        byte[] sealed = vault.seal(ana.id(), People.features(People.EXTRACTOR, seed));
        int at = bit % (8 * sealed.length);
        sealed[at / 8] ^= (byte) (1 << (at % 8));

        assertBroken(ana.id(), People.EXTRACTOR, TemplateFormat.VERSION, sealed);
    }

    @Property(tries = TRIES, seed = "3")
    void doesNotOpenForAnotherPersonExtractorOrFormat(@ForAll @LongRange(min = 1) long seed) {
        byte[] sealed = vault.seal(ana.id(), People.features(People.EXTRACTOR, seed));

        assertBroken(bea.id(), People.EXTRACTOR, TemplateFormat.VERSION, sealed);
        assertBroken(ana.id(), new ExtractorId("cd".repeat(32)), TemplateFormat.VERSION, sealed);
        assertBroken(ana.id(), People.EXTRACTOR, TemplateFormat.VERSION + 1, sealed);
    }

    @Property(tries = 10, seed = "4")
    void doesNotOpenWithTheKeyOfAnotherMovedToThePerson(@ForAll long seed) {
        byte[] sealed = vault.seal(bea.id(), People.features(People.EXTRACTOR, seed));
        byte[] key = site.jdbc()
                .sql("SELECT wrapped_key FROM subject_keys WHERE subject_id = ?")
                .param(bea.id())
                .query((row, number) -> row.getBytes(1))
                .single();

        assertThat(vault.open(bea.id(), People.EXTRACTOR, TemplateFormat.VERSION, sealed, key))
                .isEqualTo(People.features(People.EXTRACTOR, seed));
        assertThatThrownBy(() -> vault.open(ana.id(), People.EXTRACTOR, TemplateFormat.VERSION, sealed, key))
                .isInstanceOf(SealBroken.class);
    }

    @Property(tries = 10, seed = "5")
    void doesNotOpenOnceTheKeyIsDestroyed(@ForAll long seed) {
        Subject caio = people.person("caio-" + UUID.randomUUID());
        byte[] sealed = vault.seal(caio.id(), People.features(People.EXTRACTOR, seed));

        vault.destroyKey(caio.id());

        assertBroken(caio.id(), People.EXTRACTOR, TemplateFormat.VERSION, sealed);
        vault.seal(caio.id(), People.features(People.EXTRACTOR, seed));
        assertBroken(caio.id(), People.EXTRACTOR, TemplateFormat.VERSION, sealed);
    }

    private static void assertBroken(UUID subject, ExtractorId extractor, int format, byte[] sealed) {
        assertThatThrownBy(() -> vault.open(subject, extractor, format, sealed)).isInstanceOf(SealBroken.class);
    }
}
