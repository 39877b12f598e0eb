package org.vultus.store.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vultus.store.CannotStart;

/**
 * A PostgreSQL of our own in the data folder: durable (fsync and synchronous_commit on), for this machine alone, by password. One
 * program at a time uses a folder.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "vultus_owner";
    private static final String DATABASE = "vultus";

    private final Programs programs;
    private final Path cluster;
    private final int port;
    private final String password;
    private final FileChannel lockFile;

    private EmbeddedDatabase(Programs programs, Path cluster, int port, String password, FileChannel lockFile) {
        this.programs = programs;
        this.cluster = cluster;
        this.port = port;
        this.password = password;
        this.lockFile = lockFile;
    }

    /**
     * Starts the database of a data folder, and makes one where there is none.
     *
     * @throws CannotStart when another program uses it, or it cannot be made or started
     */
    public static EmbeddedDatabase start(Path data) {
        Path folder = data.toAbsolutePath().normalize();
        FileChannel lockFile = null;
        try {
            PrivateFile.createFolder(folder);
            lockFile = lock(folder);
            Programs programs = Programs.in(folder.resolve("postgres-programs"));
            Path cluster = folder.resolve("postgres");
            Path passwordFile = folder.resolve("keys").resolve("postgres-password");
            if (!Files.exists(cluster.resolve("PG_VERSION"))) {
                create(programs, cluster, passwordFile);
            }
            String password = Files.readString(passwordFile).strip();
            stopOrphan(programs, cluster);
            int port = freePort();
            Programs.Run run = programs.run(
                    "pg_ctl",
                    List.of(
                            "start",
                            "-w",
                            "-t",
                            "60",
                            "-D",
                            cluster.toString(),
                            "-l",
                            folder.resolve("postgres.log").toString(),
                            "-o",
                            options(port)));
            if (run.status() != 0) {
                throw new CannotStart("The embedded PostgreSQL does not start: " + lastLine(folder, run) + ". See "
                        + folder.resolve("postgres.log"));
            }
            EmbeddedDatabase started = new EmbeddedDatabase(programs, cluster, port, password, lockFile);
            lockFile = null;
            return started;
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + folder + " cannot be used: " + e.getMessage()
                            + ". Check that it belongs to the user that runs Vultus and that the disk has room.",
                    e);
        } finally {
            release(lockFile);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Stops it; what was committed is kept. */
    @Override
    public void close() {
        try {
            programs.run("pg_ctl", List.of("stop", "-m", "fast", "-w", "-t", "30", "-D", cluster.toString()));
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL did not stop", e);
        } finally {
            release(lockFile);
        }
    }

    private static void create(Programs programs, Path cluster, Path passwordFile) throws IOException {
        if (!Files.exists(passwordFile)) {
            PrivateFile.createFolder(cluster.resolveSibling("keys"));
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(
                    passwordFile,
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(random)
                            .getBytes(StandardCharsets.UTF_8));
        }
        // Made beside its place and moved there, so that half a cluster is never taken for a whole one.
        Path partial = cluster.resolveSibling("postgres.partial");
        Programs.deleteTree(partial);
        Programs.Run run = programs.run(
                "initdb",
                List.of(
                        "-D",
                        partial.toString(),
                        "-U",
                        USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--data-checksums"));
        if (run.status() != 0) {
            // Some systems have no C.UTF-8.
            Programs.deleteTree(partial);
            run = programs.run(
                    "initdb",
                    List.of(
                            "-D",
                            partial.toString(),
                            "-U",
                            USER,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--data-checksums"));
        }
        if (run.status() != 0) {
            throw new CannotStart("The embedded PostgreSQL could not be set up: " + run.output());
        }
        Programs.Run made = programs.run(
                "postgres",
                List.of("--single", "-D", partial.toString(), "postgres"),
                "CREATE DATABASE " + DATABASE + ";\n");
        if (made.status() != 0) {
            throw new CannotStart("The embedded PostgreSQL could not be set up: " + made.output());
        }
        Files.move(partial, cluster);
    }

    private static String options(int port) {
        return "-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on -c synchronous_commit=on"
                + " -c full_page_writes=on -c max_connections=60 -c shared_buffers=64MB -c logging_collector=off";
    }

    /** After a kill -9 of the server its database may still run; it is stopped, for its port and options are not known. */
    private static void stopOrphan(Programs programs, Path cluster) throws IOException {
        if (Files.exists(cluster.resolve("postmaster.pid"))
                && programs.run("pg_ctl", List.of("status", "-D", cluster.toString()))
                                .status()
                        == 0) {
            programs.run("pg_ctl", List.of("stop", "-m", "fast", "-w", "-t", "30", "-D", cluster.toString()));
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new CannotStart("The data folder " + folder
                    + " is in use by another Vultus. Stop it, or choose another folder with --vultus.data=…");
        }
        return channel;
    }

    private static void release(@Nullable FileChannel lockFile) {
        if (lockFile != null) {
            try {
                lockFile.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String lastLine(Path folder, Programs.Run run) throws IOException {
        Path log = folder.resolve("postgres.log");
        List<String> lines = new ArrayList<>(run.output().lines().toList());
        if (Files.exists(log)) {
            lines.addAll(Files.readAllLines(log));
        }
        return lines.isEmpty() ? "it says nothing" : lines.getLast();
    }
}
