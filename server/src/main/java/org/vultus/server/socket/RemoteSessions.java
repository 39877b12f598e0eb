package org.vultus.server.socket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/**
 * The sessions that were opened by a request and go on with others, each named by its identifier and a token that only its client
 * has. Safe for several threads.
 */
public final class RemoteSessions {
    private final Map<UUID, Remote> remotes = new ConcurrentHashMap<>();

    void add(Remote remote) {
        remotes.values()
                .removeIf(other ->
                        other.session().attempt().decided() && other.inbox().isEmpty());
        remotes.put(remote.session().attempt().session().id(), remote);
    }

    void remove(UUID id) {
        remotes.remove(id);
    }

    /** @param authorization as the header says it; throws a problem when it is not that session's */
    public Remote of(UUID id, @Nullable String authorization) {
        Remote remote = remotes.get(id);
        if (remote == null || !remote.admits(authorization)) {
            throw new Problem(
                    ProblemType.SESSION_OVER,
                    "There is no such session any more, or the request lacks its token (Authorization: Bearer …). Open another.");
        }
        return remote;
    }

    /**
     * A session whose client comes and goes.
     *
     * @param opened what its client was told first
     */
    public record Remote(FaceSessions.Open session, Message opened, String token, Inbox inbox) {

        /** Whether a request of its client says so, in constant time. */
        public boolean admits(@Nullable String authorization) {
            return MessageDigest.isEqual(
                    ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
                    String.valueOf(authorization).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Remote[" + session.attempt().session().id() + ", token hidden]";
        }
    }

    /** What a session said and its client has not fetched, until a connection takes over. */
    public static final class Inbox {
        private final Deque<Message> messages = new ArrayDeque<>();
        private @Nullable Consumer<Message> connection;

        synchronized void put(Message message) {
            if (connection != null) {
                connection.accept(message);
            } else {
                messages.add(message);
                notifyAll();
            }
        }

        synchronized boolean isEmpty() {
            return messages.isEmpty();
        }

        /** Whether a connection has taken over. */
        synchronized boolean connected() {
            return connection != null;
        }

        /**
         * From now on messages go there, beginning with those that wait. A session is connected once.
         *
         * @return false when it was connected before
         */
        public synchronized boolean connect(Consumer<Message> listener) {
            if (connection != null) {
                return false;
            }
            connection = listener;
            while (!messages.isEmpty()) {
                listener.accept(messages.remove());
            }
            return true;
        }

        /** The next message; null when none came by then. */
        synchronized @Nullable Message poll(long deadlineNanos) throws InterruptedException {
            while (messages.isEmpty()) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return messages.remove();
        }
    }
}
