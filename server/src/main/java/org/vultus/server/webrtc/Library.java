package org.vultus.server.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.internal.NativeObject;
import dev.onvoid.webrtc.internal.RefCountedObject;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.lang.reflect.Field;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library: loaded, with its three threads, when it is first asked for, and then kept as long as the process. One that
 * cannot be loaded is not tried again. Safe for several threads.
 */
final class Library {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    /** Of this process: a native library is loaded once. */
    static final Library SHARED = new Library(Library::load);

    private final Supplier<PeerConnectionFactory> loader;
    private @Nullable PeerConnectionFactory factory;
    private volatile @Nullable String failure;
    private volatile boolean loaded;

    Library(Supplier<PeerConnectionFactory> loader) {
        this.loader = loader;
    }

    /** It cannot be loaded here. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String reason) {
            super(reason);
        }
    }

    synchronized PeerConnectionFactory factory() throws Unavailable {
        if (failure != null) {
            throw new Unavailable(failure);
        }
        if (factory == null) {
            try {
                factory = loader.get();
                loaded = true;
            } catch (LinkageError | RuntimeException e) {
                String reason = reason(e);
                failure = reason;
                LOG.warn("Live video is not available, the pages send single pictures: {}", reason);
                throw new Unavailable(reason);
            }
        }
        return factory;
    }

    boolean isLoaded() {
        return loaded;
    }

    /** Why it could not be loaded. */
    @Nullable
    String failure() {
        return failure;
    }

    /**
     * Gives up the reference that the Java side holds. The library's own {@code close} (0.14.0) ends the connection and then
     * forgets its address without that, so that the memory of each would be kept for ever.
     */
    static void close(RTCPeerConnection connection) {
        Reference last = new Reference();
        try {
            HANDLE.set(last, HANDLE.get(connection));
            connection.close();
            last.release();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Reference extends RefCountedObject {}

    private static final Field HANDLE = handle();

    private static Field handle() {
        try {
            Field field = NativeObject.class.getDeclaredField("nativeHandle");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("another version of the WebRTC library", e);
        }
    }

    /** Without a sound card, and without looking for one: the usual device module ends the process where there is none. */
    private static PeerConnectionFactory load() {
        return new PeerConnectionFactory(new HeadlessAudioDeviceModule());
    }

    /** The innermost cause, without the path of the temporary file that the library was unpacked to. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        // The loader says the path once or twice before it says what is wrong.
        String without = message.replaceAll("/\\S+: ", "");
        return without.equals(message) ? cause.getClass().getSimpleName() + ": " + message : without;
    }
}
