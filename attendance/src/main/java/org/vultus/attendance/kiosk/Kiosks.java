package org.vultus.attendance.kiosk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The registered devices. */
public interface Kiosks {

    /** @return {@code false} when the name is taken by one in use; nothing is changed then */
    boolean add(Kiosk kiosk, KioskCredential credential);

    /** The device in use that has this credential. */
    Optional<Kiosk> find(KioskCredential credential);

    /** Its credential is void from now on. @return {@code false} when there is no such device in use */
    boolean remove(UUID kiosk, Instant at);

    /**
     * Binds a device to the key that it signs with, which is never changed: another device needs a registration of its own.
     *
     * @return {@code false} when it is bound to another key, or is not in use; nothing is changed then
     */
    boolean bind(UUID kiosk, KioskKey key);

    /** What it is bound to. */
    Optional<KioskKey> key(UUID kiosk);

    /** All, also those that were removed, by name. */
    List<Kiosk> list();
}
