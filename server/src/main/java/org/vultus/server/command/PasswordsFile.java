package org.vultus.server.command;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** One-time passwords of people who were created, for their owner alone to read: CSV of username and one_time_password. */
final class PasswordsFile implements Closeable {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final FileChannel channel;

    /**
     * Creates the file, or opens one that an earlier run began.
     *
     * @throws CommandFailure if others may read it
     */
    PasswordsFile(Path file) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)} : new FileAttribute<?>[0];
        channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                attributes);
        if (posix && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            channel.close();
            throw CommandFailure.usage(file + " can be read by others; chmod 600, or name another --passwords file");
        }
        if (channel.size() == 0) {
            write("username,one_time_password\n");
        }
    }

    /** Both are of letters and digits and {@code . _ @ + -}. On the disk when this returns: the server tells it only once. */
    void add(String username, String password) throws IOException {
        write(username + ',' + password + '\n');
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }
}
