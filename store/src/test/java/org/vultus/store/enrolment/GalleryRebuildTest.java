package org.vultus.store.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.store.Crowd;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.database.EmbeddedDatabase;
import org.vultus.store.keys.SiteKeys;
import org.vultus.store.people.SqlDepartments;
import org.vultus.store.schema.Schema;
import org.vultus.testkit.ManualClock;

/**
 * How fast a gallery is filled from the database; {@code -Dvultus.rebuild=20000} says of how many people. With {@code
 * -Dvultus.rebuild.data=FOLDER -Dvultus.rebuild.extractor=SHA256} they are left in a data folder, for a server to start on.
 */
class GalleryRebuildTest {
    private static final int AXES = 192;
    private static final int DIMENSION = 512;
    private static final int PEOPLE = Integer.getInteger("vultus.rebuild", 0);

    @Test
    void fillsAGalleryFromTheDatabase() {
        assumeThat(PEOPLE).isPositive();
        assumeThat(System.getProperty("vultus.rebuild.data", "")).isEmpty();
        try (TestDatabase database = TestDatabase.create()) {
            SqlSite site = SqlSite.over(database, new ManualClock(People.MONDAY));
            Crowd.enrol(database.owner(), site.siteKeys(), new People(site).department(), People.EXTRACTOR, PEOPLE);
            EmbeddingBasis basis = basis();
            for (int round = 0; round < 8; round++) {
                Gallery gallery = new InMemoryGallery(People.EXTRACTOR, Optional.of(basis));
                long cpu = cpu();
                long databaseCpu = databaseCpu(database);
                long start = System.nanoTime();

                GalleryFeed.open(database.dataSource(), (SqlReferences) site.references(), People.EXTRACTOR, gallery)
                        .close();

                double seconds = (System.nanoTime() - start) / 1e9;
                assertThat(gallery.size()).isEqualTo(PEOPLE);
                System.out.printf(
                        Locale.ROOT,
                        "%d references in %.2f s, %.0f a second; CPU for each: %.1f µs of this process, %.1f of the database%n",
                        PEOPLE,
                        seconds,
                        PEOPLE / seconds,
                        (cpu() - cpu) / 1e3 / PEOPLE,
                        (databaseCpu(database) - databaseCpu) / 1e3 / PEOPLE);
            }
        }
    }

    @Test
    void leavesADataFolderToStartOn() {
        String folder = System.getProperty("vultus.rebuild.data", "");
        assumeThat(folder).isNotEmpty();
        Path data = Path.of(folder).toAbsolutePath();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            Schema.migrate(database.dataSource());
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            SiteKeys keys = SiteKeys.open(data.resolve("keys").resolve("site-keyset.json"), jdbc);
            UUID department = UUID.randomUUID();
            new SqlDepartments(jdbc).add(new Department(department, "all", "All", DepartmentPolicy.DEFAULT, true));
            Crowd.enrol(
                    database.dataSource(),
                    keys,
                    department,
                    new ExtractorId(System.getProperty("vultus.rebuild.extractor")),
                    PEOPLE);
        }
    }

    /** Any axes: with them rows are turned as those of a real extractor are, which takes as long. */
    private static EmbeddingBasis basis() {
        Random random = new Random(1);
        float[][] axes = new float[AXES][DIMENSION];
        for (float[] axis : axes) {
            for (int i = 0; i < DIMENSION; i++) {
                axis[i] = (float) random.nextGaussian();
            }
        }
        return new EmbeddingBasis(People.EXTRACTOR, new float[DIMENSION], new float[DIMENSION], axes);
    }

    /** Nanoseconds that the processes of PostgreSQL have computed, where the machine tells; in steps of some 10 ms. */
    private static long databaseCpu(TestDatabase database) {
        long backend =
                database.jdbc().sql("SELECT pg_backend_pid()").query(Long.class).single();
        return ProcessHandle.of(backend).flatMap(ProcessHandle::parent).stream()
                .flatMap(ProcessHandle::children)
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
