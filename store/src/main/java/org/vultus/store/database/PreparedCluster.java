package org.vultus.store.database;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * An empty cluster, made once beside the programs, that new data folders begin as a copy of: making one takes PostgreSQL longer than
 * everything else in a first start. Each copy gets a password of its own before it is ever reachable. Copies share PostgreSQL's
 * system identifier, which matters only to streaming replication between them.
 */
public final class PreparedCluster {
    /** Where Linux can, the whole file system in one call: 1,500 files one after the other took fifty times as long. */
    private static final String SYNC_METHOD = System.getProperty("os.name").equals("Linux") ? "syncfs" : "fsync";

    private PreparedCluster() {}

    /**
     * Makes it, in place of one that was there.
     *
     * @param programs the folder that {@link EmbeddedDatabase#start(Path, Path)} is given too
     * @param schema brings the empty database to the schema, so that copies have it as well
     */
    public static void make(Path programs, Consumer<DataSource> schema) throws IOException {
        Path site = programs.resolve("new-site");
        Programs.deleteTree(site);
        Programs home = Programs.in(programs.toAbsolutePath());
        Path prepared = home.preparedCluster();
        Programs.deleteTree(prepared);
        discardSpare(programs, home);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(site, programs)) {
            schema.accept(database.dataSource());
        }
        Files.move(site.resolve("postgres"), prepared, StandardCopyOption.ATOMIC_MOVE);
        Programs.deleteTree(site);
    }

    /**
     * Lays a copy beside it, which the next new data folder on the same file system takes: 1,500 new files are half a second of a start.
     *
     * @param programs as for {@link #make}, which was called before
     */
    public static void makeSpare(Path programs) throws IOException {
        Path partial = programs.resolve("new-spare");
        Programs.deleteTree(partial);
        Programs home = Programs.in(programs.toAbsolutePath());
        discardSpare(programs, home);
        copyTree(home.preparedCluster(), partial);
        Files.move(partial, home.spareCluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Copies it to the disk, with the password of the file.
     *
     * @return false when there is none
     */
    static boolean copy(Programs programs, Path target, Path passwordFile) throws IOException {
        Path prepared = programs.preparedCluster();
        if (!Files.isDirectory(prepared)) {
            return false;
        }
        if (!take(programs.spareCluster(), target)) {
            copyTree(prepared, target);
        }
        // A server for this one statement, which listens to nobody: there is no moment at which the old password opens
        // the door.
        Programs.Run run = programs.run(
                "postgres",
                List.of("--single", "-D", target.toString(), "postgres"),
                // 192 random bits are not guessed: hashing them often protects nothing, and costs every connection.
                "SET scram_iterations = 1\nALTER ROLE " + EmbeddedDatabase.USER + " PASSWORD '"
                        + Files.readString(passwordFile).strip() + "'\n");
        if (run.status() != 0 || run.output().contains("ERROR")) {
            throw new IOException("the prepared database does not take a password: " + run.output());
        }
        Programs.Run sync =
                programs.run("initdb", List.of("--sync-only", "--sync-method=" + SYNC_METHOD, "--pgdata=" + target));
        if (sync.status() != 0) {
            throw new IOException("the copy of the prepared database was not written to the disk: " + sync.output());
        }
        return true;
    }

    /** Out of the way first, so that nobody takes half of it. */
    private static void discardSpare(Path programs, Programs home) throws IOException {
        Path aside = programs.resolve("old-spare");
        Programs.deleteTree(aside);
        if (take(home.spareCluster(), aside)) {
            Programs.deleteTree(aside);
        }
    }

    private static boolean take(Path spare, Path target) throws IOException {
        try {
            Files.move(spare, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            // It is taken, lies on another file system, or in a folder that is not to be changed.
            return false;
        }
    }

    /** With the permissions of each file, of which PostgreSQL is particular. */
    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
