package org.vultus.store.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.testkit.ManualClock;

/** How fast a gallery is filled from the database; {@code -Dvultus.rebuild=20000} says of how many people. */
class GalleryRebuildTest {
    private static final int BATCH = 100;
    private static final int AXES = 192;
    private static final int DIMENSION = 512;
    private static final int PEOPLE = Integer.getInteger("vultus.rebuild", 0);

    @Test
    void fillsAGalleryFromTheDatabase() {
        assumeThat(PEOPLE).isPositive();
        try (TestDatabase database = TestDatabase.create()) {
            SqlSite site = SqlSite.over(database, new ManualClock(People.MONDAY));
            People people = new People(site);
            // In small transactions: each change updates the one row of gallery_head, whose versions pile up within
            // one.
            for (int from = 0; from < PEOPLE; from += BATCH) {
                int first = from;
                site.work().run(() -> {
                    for (int i = first; i < Math.min(PEOPLE, first + BATCH); i++) {
                        people.enrol(people.person("p" + i), i);
                    }
                });
            }
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
