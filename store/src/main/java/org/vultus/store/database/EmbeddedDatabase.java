package org.vultus.store.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.store.CannotStart;
import org.vultus.store.PrivateFile;

/**
 * A PostgreSQL of our own in a data folder: durable ({@code fsync}, {@code synchronous_commit}, {@code full_page_writes}, page
 * checksums), on a free port of the loopback interface only, with a password (scram-sha-256). The cluster is
 * {@code <data>/postgres}, its password {@code <data>/keys/postgres-password}, its log {@code <data>/postgres.log}.
 *
 * <p>One server at a time uses a folder. A PostgreSQL left over from a server that was killed is stopped before ours starts; one
 * that dies while we run is started again on the same port. Safe for several threads.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    static final String USER = "vultus";
    private static final String DATABASE = "vultus";

    /** A port found free may be taken before PostgreSQL binds it. */
    private static final int PORTS_TRIED = 5;

    /**
     * After a kill the backends of the old postmaster notice within a moment, and until then hold its shared memory; each
     * try takes about a tenth of a second.
     */
    private static final int TRIES_WHILE_OLD_BACKENDS_END = 100;

    private static final Duration RESTART_DELAY = Duration.ofSeconds(2);

    /** PostgreSQL writes whole seconds of its start into its pid file, taken a moment after the process began. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

    private final Programs programs;
    private final Path cluster;
    private final Path log;
    private final String password;
    private final FileChannel lockFile;
    private int port;
    private boolean closed;

    private EmbeddedDatabase(Programs programs, Path data, String password, FileChannel lockFile) {
        this.programs = programs;
        this.cluster = data.resolve("postgres");
        this.log = data.resolve("postgres.log");
        this.password = password;
        this.lockFile = lockFile;
    }

    /**
     * Starts the database of a data folder, and makes both where they are missing. Returns when it takes connections.
     *
     * @throws CannotStart when another server uses the folder, the password is missing, or PostgreSQL does not start
     */
    public static EmbeddedDatabase start(Path data) {
        return start(data, data.resolve("programs"));
    }

    /** @param programs where the programs of PostgreSQL are unpacked, if they are not there yet */
    public static EmbeddedDatabase start(Path data, Path programs) {
        Path folder = data.toAbsolutePath().normalize();
        try {
            PrivateFile.createFolder(folder);
            FileChannel lockFile = lock(folder);
            try {
                return start(folder, Programs.in(programs.toAbsolutePath()), lockFile);
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CannotStart("The data folder " + folder + " cannot be used: " + e, e);
        }
    }

    /** For a pool: connections of the owner of the schema. */
    public DataSource dataSource() {
        return dataSource(DATABASE);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + '/' + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Ends running statements and stops the database. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                stop(cluster, programs);
            } catch (IOException e) {
                LOG.error("The database did not stop; it will be at the next start", e);
            }
        }
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedDatabase start(Path data, Programs programs, FileChannel lockFile) throws IOException {
        Path cluster = data.resolve("postgres");
        Path passwordFile = data.resolve("keys").resolve("postgres-password");
        if (!Files.exists(cluster)) {
            create(cluster, passwordFile, programs);
        } else if (!Files.exists(passwordFile)) {
            throw new CannotStart("The password of the database, " + passwordFile
                    + ", is missing. Restore it from a backup" + " of the data folder; nothing was changed.");
        }
        EmbeddedDatabase database = new EmbeddedDatabase(
                programs, data, Files.readString(passwordFile).strip(), lockFile);
        endOrphan(cluster, programs);
        database.startOnFreePort();
        try {
            database.createDatabase();
            database.watch();
        } catch (SQLException e) {
            database.close();
            throw new CannotStart("The database started but does not answer: " + e.getMessage(), e);
        }
        return database;
    }

    /** Holds the folder for this server. The operating system lets go of the lock however the server ends. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new CannotStart("Another Vultus is running on the data folder " + folder
                    + ". Stop it first, or start this one with another folder.");
        }
        return channel;
    }

    private static void create(Path cluster, Path passwordFile, Programs programs) throws IOException {
        PrivateFile.createFolder(cluster.resolveSibling("keys"));
        if (!Files.exists(passwordFile)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(passwordFile, HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
        }
        Path partial = cluster.resolveSibling("postgres.new");
        Programs.deleteTree(partial);
        if (!PreparedCluster.copy(programs, partial, passwordFile)) {
            initialise(partial, passwordFile, programs);
        }
        Files.move(partial, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void initialise(Path cluster, Path passwordFile, Programs programs) throws IOException {
        Programs.Run run = programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + cluster,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=icu",
                        "--icu-locale=und",
                        "--data-checksums",
                        "--no-instructions"));
        if (run.status() != 0) {
            throw new CannotStart("The database could not be made in " + cluster + ":\n" + run.output());
        }
    }

    /** Settings are written at every start, so that an edited file cannot make the database forget or let strangers in. */
    private void configure() throws IOException {
        String settings = """
                # Written by Vultus at every start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                password_encryption = 'scram-sha-256'
                max_connections = 60
                shared_buffers = 64MB
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] '
                # Statements may hold personal data.
                log_min_error_statement = panic
                log_parameter_max_length_on_error = 0
                """.formatted(port);
        Files.writeString(cluster.resolve("postgresql.conf"), settings);
        Files.writeString(cluster.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    }

    private void startOnFreePort() throws IOException {
        String output = "";
        for (int i = 0; i < PORTS_TRIED; i++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            configure();
            output = launch();
            if (output.isEmpty()) {
                return;
            }
            if (!output.contains("could not create any TCP/IP sockets")) {
                break;
            }
        }
        throw new CannotStart("PostgreSQL did not start on " + cluster + ":\n" + output);
    }

    /** @return empty, or why it did not start */
    private String launch() throws IOException {
        String said = "";
        for (int i = 0; i < TRIES_WHILE_OLD_BACKENDS_END; i++) {
            Files.deleteIfExists(log);
            Programs.Run run = programs.run(
                    "pg_ctl",
                    List.of("start", "--pgdata=" + cluster, "--log=" + log, "--wait", "--timeout=60", "--silent"));
            if (run.status() == 0) {
                return "";
            }
            said = run.output() + '\n' + (Files.exists(log) ? tail(Files.readString(log)) : "");
            if (!said.contains("is still in use")) {
                break;
            }
        }
        return said;
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 2000)).strip();
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    DataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USER);
        source.setPassword(password);
        return source;
    }

    private void watch() throws IOException {
        postmaster(cluster)
                .ifPresent(
                        process -> process.onExit().thenRunAsync(this::restart).exceptionally(failure -> {
                            LOG.error("The database is no longer watched", failure);
                            return null;
                        }));
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        LOG.error("The database ended unexpectedly and is started again; see {}", log);
        try {
            endOrphan(cluster, programs);
            String failure = launch();
            if (failure.isEmpty()) {
                watch();
                return;
            }
            LOG.error("The database does not start: {}", failure);
        } catch (IOException e) {
            LOG.error("The database does not start", e);
        }
        CompletableFuture.delayedExecutor(RESTART_DELAY.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::restart);
    }

    /** Stops a postmaster that outlived its server, so that what starts next is known to run with our settings. */
    private static void endOrphan(Path cluster, Programs programs) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        if (postmaster(cluster).isPresent()) {
            LOG.warn("Stopping the database that a killed server left behind");
            stop(cluster, programs);
            return;
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
        if (!lines.isEmpty() && isAlive(lines.getFirst())) {
            // The number went to another process, which PostgreSQL would take for its own and give up. It does not mind
            // the
            // number of the process that starts it; the rest of the file still guards against its old backends.
            lines.set(0, Long.toString(ProcessHandle.current().pid()));
            Files.write(pidFile, lines);
        }
    }

    private static boolean isAlive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip())).isPresent();
    }

    private static void stop(Path cluster, Programs programs) throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            if (postmaster(cluster).isEmpty()) {
                return;
            }
            Programs.Run run = programs.run(
                    "pg_ctl", List.of("stop", "--pgdata=" + cluster, "--mode=" + mode, "--wait", "--timeout=30"));
            if (run.status() == 0) {
                return;
            }
        }
        if (postmaster(cluster).isPresent()) {
            throw new IOException("PostgreSQL on " + cluster + " does not stop");
        }
    }

    /** The running postmaster of the cluster: the process that its pid file names, if that process is really one. */
    static Optional<ProcessHandle> postmaster(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < 3) {
            return Optional.empty();
        }
        Instant written = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> process.info()
                        .command()
                        .map(command -> Path.of(command).endsWith("postgres"))
                        .orElse(false))
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, written).abs().compareTo(START_TOLERANCE) < 0)
                        .orElse(false));
    }
}
