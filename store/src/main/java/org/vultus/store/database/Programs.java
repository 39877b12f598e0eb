package org.vultus.store.database;

import java.io.IOException;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import org.vultus.store.CannotStart;

/** The programs of PostgreSQL for this machine, unpacked from the jar once, and the way to run one. */
final class Programs {
    private static final long LONGEST_RUN_SECONDS = 120;

    private final Path home;
    private final List<String> asOrdinaryUser;

    private Programs(Path home, List<String> asOrdinaryUser) {
        this.home = home;
        this.asOrdinaryUser = asOrdinaryUser;
    }

    /** @param status the exit status; 0 for success */
    record Run(int status, String output) {}

    static Programs in(Path folder) throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String architecture = switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
        URL archive = Programs.class.getResource("/postgres-%s-%s.txz".formatted(system, architecture));
        if (archive == null) {
            throw new CannotStart(
                    "No PostgreSQL comes with Vultus for %s on %s. Use one of your own: --spring.datasource.url=…"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        Path home = folder.resolve(name(archive));
        if (!Files.isDirectory(home)) {
            unpackOnce(archive, home);
        }
        return new Programs(home, prefix());
    }

    /** Tells one archive from the next, by what the jar around it says of it: to read it took a third of a second of every start. */
    private static String name(URL archive) throws IOException {
        JarEntry entry = ((JarURLConnection) archive.openConnection()).getJarEntry();
        return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
    }

    /** Of several threads and processes that need the programs at once, one unpacks them. */
    private static synchronized void unpackOnce(URL archive, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        try (FileChannel channel = FileChannel.open(
                        home.resolveSibling(home.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (Files.isDirectory(home)) {
                return;
            }
            Path partial = home.resolveSibling(home.getFileName() + ".partial");
            deleteTree(partial);
            Files.createDirectories(partial);
            unpack(archive, partial);
            Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Where a cluster lies that was made in advance with these programs, if one was. */
    Path preparedCluster() {
        return home.resolve("cluster");
    }

    /** Where a copy of that lies, until somebody takes it. */
    Path spareCluster() {
        return home.resolve("cluster-spare");
    }

    /** Runs a program to its end, in a neutral locale. */
    Run run(String program, List<String> arguments) throws IOException {
        return run(program, arguments, "");
    }

    /** The same with something to read. */
    Run run(String program, List<String> arguments, String input) throws IOException {
        List<String> command = new ArrayList<>(asOrdinaryUser);
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // A file, not a pipe: the postmaster that pg_ctl leaves behind would hold a pipe open.
        Path output = Files.createTempFile("vultus-" + program, ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Run(-1, program + " did not end within " + LONGEST_RUN_SECONDS + " s");
            }
            return new Run(process.exitValue(), Files.readString(output).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        } finally {
            Files.delete(output);
        }
    }

    /** PostgreSQL refuses to run as root; a user namespace of its own makes it nobody without another account. */
    private static List<String> prefix() throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        List<String> unshare = List.of("unshare", "-U");
        List<String> probe = new ArrayList<>(unshare);
        probe.add("true");
        try {
            if (new ProcessBuilder(probe).start().waitFor() == 0) {
                return unshare;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new CannotStart(RUN_AS_SOMEBODY, e);
        }
        throw new CannotStart(RUN_AS_SOMEBODY);
    }

    private static final String RUN_AS_SOMEBODY = "PostgreSQL does not run as root, and this machine allows no user"
            + " namespace. Start Vultus from an ordinary account, or use a database of your own:"
            + " --spring.datasource.url=…";

    private static void unpack(URL archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive.openStream()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(file, target.resolve(entry.getLinkName()).normalize());
                } else {
                    Files.copy(tar, file);
                    if (target.relativize(file).startsWith("bin")
                            && !file.toFile().setExecutable(true)) {
                        throw new IOException("cannot make executable: " + file);
                    }
                }
            }
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
