package org.vultus.server.gallery;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Department;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.store.qdrant.GalleryVerification;

/** Runs one piece of long work on the index at a time, and remembers what became of the last. Safe for several threads. */
public final class GalleryWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GalleryWork.class);

    private final GalleryIndex index;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("gallery-work").daemon().factory());
    private final AtomicReference<@Nullable Job> last = new AtomicReference<>();

    /**
     * @param kind {@code VERIFY} or {@code REKEY}
     * @param department whose key changes
     * @param state {@code RUNNING}, {@code DONE} or {@code FAILED}
     * @param done people looked at so far, {@code total} as far as it is known
     * @param version of the department's key in use after it was changed
     * @param problem why it failed
     */
    public record Job(
            String kind,
            @Nullable String department,
            String state,
            long done,
            long total,
            @Nullable Long missing,
            @Nullable Long different,
            @Nullable Long ghosts,
            @Nullable Long repaired,
            @Nullable Integer version,
            @Nullable String problem) {

        static Job begun(String kind, @Nullable String department) {
            return new Job(kind, department, "RUNNING", 0, 0, null, null, null, null, null, null);
        }

        boolean running() {
            return state.equals("RUNNING");
        }

        Job at(long now, long all) {
            return new Job(kind, department, state, now, all, null, null, null, null, null, null);
        }

        Job found(GalleryVerification.Findings f) {
            return new Job(
                    kind,
                    department,
                    "DONE",
                    f.references(),
                    f.references(),
                    f.missing(),
                    f.different(),
                    f.ghosts(),
                    f.repaired(),
                    null,
                    null);
        }

        Job rekeyed(int now) {
            return new Job(kind, department, "DONE", total, total, null, null, null, null, now, null);
        }

        Job failed(String why) {
            return new Job(kind, department, "FAILED", done, total, null, null, null, null, null, why);
        }
    }

    public GalleryWork(GalleryIndex index, AuditTrail audit, UnitOfWork work) {
        this.index = index;
        this.audit = audit;
        this.work = work;
    }

    /** The last piece of work, finished or not, since the server started. */
    public Optional<Job> last() {
        return Optional.ofNullable(last.get());
    }

    /** @return {@code false} when another piece of work is running */
    public boolean verify(boolean repair, Actor by) {
        return start(Job.begun("VERIFY", null), () -> {
            GalleryVerification.Findings found = index.verify(repair, this::progress);
            work.run(() -> {
                audit.append(AuditEvent.done(Action.TEMPLATE_READ, Actor.SYSTEM, null, null)
                        .with("templates", Long.toString(found.references())));
                audit.append(AuditEvent.done(Action.GALLERY_VERIFIED, by, null, null)
                        .with("references", Long.toString(found.references()))
                        .with("missing", Long.toString(found.missing()))
                        .with("different", Long.toString(found.different()))
                        .with("ghosts", Long.toString(found.ghosts()))
                        .with("repaired", Long.toString(found.repaired())));
            });
            last.updateAndGet(job -> job == null ? null : job.found(found));
        });
    }

    /** @return {@code false} when another piece of work is running */
    public boolean rekey(Department department, Actor by) {
        return start(Job.begun("REKEY", department.code()), () -> {
            int version = index.rekey(department.id(), this::progress);
            work.run(() -> audit.append(AuditEvent.done(Action.GALLERY_REKEYED, by, null, department.id())
                    .with("version", Integer.toString(version))));
            last.updateAndGet(job -> job == null ? null : job.rekeyed(version));
        });
    }

    private synchronized boolean start(Job begun, Runnable task) {
        Job before = last.get();
        if (before != null && before.running()) {
            return false;
        }
        last.set(begun);
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            last.set(before);
            return false;
        }
        return true;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (GalleryUnavailable e) {
            fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Work on the gallery failed", e);
            fail("It was logged. What was done is kept; the same command goes on.");
        }
    }

    private void fail(String why) {
        last.updateAndGet(job -> job == null ? null : job.failed(why));
    }

    private void progress(long done, long total) {
        if (thread.isShutdown()) {
            throw new GalleryUnavailable("The server stops; the same command goes on afterwards");
        }
        last.updateAndGet(job -> job == null ? null : job.at(done, total));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
