package org.vultus.store.enrolment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;

/**
 * Rows that PostgreSQL copies out ({@code COPY … TO STDOUT (FORMAT binary)}): it sends them as they are ready, without being asked
 * for the next ones, and nobody makes objects of their columns before they are needed. For one thread at a time.
 *
 * <p>Source of the format: PostgreSQL's documentation of COPY, "Binary Format", and of the protocol, "CopyData": one message a row.
 */
final class ReferenceCopy implements AutoCloseable {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    /** After the signature: flags, and the length of what may follow. */
    private static final int FLAGS = Integer.BYTES;

    private static final int COLUMNS = 6;
    private static final int END = -1;
    private static final int ABSENT = -1;

    private final PGConnection connection;
    private final CopyOut copy;
    private boolean begun;

    /** @param query of the columns of a {@link SealedReference}, in their order; the template may be absent */
    ReferenceCopy(Connection connection, String query) throws SQLException {
        this.connection = connection.unwrap(PGConnection.class);
        this.copy = this.connection.getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
    }

    /** What has come of rows, {@code size} at most, to be {@linkplain #rows read} by any thread; empty at the end. */
    List<byte[]> next(int size) throws SQLException {
        List<byte[]> messages = new ArrayList<>(size);
        while (messages.size() < size) {
            byte @Nullable [] message = copy.isActive() ? copy.readFromCopy() : null;
            if (message == null) {
                break;
            }
            messages.add(begun ? message : withoutHeader(message));
            begun = true;
        }
        return messages;
    }

    private static byte[] withoutHeader(byte[] message) throws SQLException {
        if (!Arrays.equals(message, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new SQLException("not what PostgreSQL copies out in binary");
        }
        int extension = ByteBuffer.wrap(message).getInt(SIGNATURE.length + FLAGS);
        return Arrays.copyOfRange(message, SIGNATURE.length + FLAGS + Integer.BYTES + extension, message.length);
    }

    /** The rows with a template, and how many have none. */
    record Rows(List<SealedReference> sealed, int without) {}

    static Rows rows(List<byte[]> messages) {
        List<SealedReference> sealed = new ArrayList<>(messages.size());
        int without = 0;
        for (byte[] message : messages) {
            ByteBuffer bytes = ByteBuffer.wrap(message);
            while (bytes.hasRemaining()) {
                int columns = bytes.getShort();
                if (columns == END) {
                    break;
                }
                if (columns != COLUMNS) {
                    throw new IllegalStateException(columns + " columns");
                }
                UUID enrolment = uuid(bytes);
                UUID subject = uuid(bytes);
                UUID department = uuid(bytes);
                length(bytes, Short.BYTES);
                int format = bytes.getShort();
                byte @Nullable [] template = bytes(bytes);
                byte[] key = Objects.requireNonNull(bytes(bytes));
                if (template == null) {
                    without++;
                } else {
                    sealed.add(new SealedReference(enrolment, subject, department, format, template, key));
                }
            }
        }
        return new Rows(sealed, without);
    }

    private static UUID uuid(ByteBuffer bytes) {
        length(bytes, 2 * Long.BYTES);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static void length(ByteBuffer bytes, int expected) {
        int length = bytes.getInt();
        if (length != expected) {
            throw new IllegalStateException("a column of " + length + " bytes in place of " + expected);
        }
    }

    private static byte @Nullable [] bytes(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length == ABSENT) {
            return null;
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    /**
     * Whatever has not come yet is not wanted any more. The driver's own {@code cancelCopy} leaves on the connection what is on its
     * way (pgjdbc 4027).
     */
    @Override
    public void close() throws SQLException {
        if (!copy.isActive()) {
            return;
        }
        connection.cancelQuery();
        try {
            while (copy.isActive() && copy.readFromCopy() != null) {
                // Sent before PostgreSQL heard of it.
            }
        } catch (SQLException e) {
            if (!PSQLState.QUERY_CANCELED.getState().equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
