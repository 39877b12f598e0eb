package org.vultus.server.attendance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskKey;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/**
 * Binds kiosks to their devices, and takes the word of one that is bound for when a punch was made only with its device's signature.
 * Without a key the credential has to do: programs of others need not sign. Safe for several threads.
 */
public final class SignedEvents {
    /** Base64url of the signature that {@link KioskKey#signed} checks. */
    static final String HEADER = "Vultus-Signature";

    private final Kiosks kiosks;
    private final AuditTrail audit;
    private final UnitOfWork work;

    public SignedEvents(Kiosks kiosks, AuditTrail audit, UnitOfWork work) {
        this.kiosks = kiosks;
        this.audit = audit;
        this.work = work;
    }

    /** @return {@code false} when the kiosk is bound to another device */
    boolean bind(Kiosk kiosk, KioskKey key, Actor from) {
        return work.call(() -> {
            boolean before = kiosks.key(kiosk.id()).isPresent();
            if (!kiosks.bind(kiosk.id(), key)) {
                return false;
            }
            if (!before) {
                audit.append(AuditEvent.done(Action.KIOSK_BOUND, from, null, null)
                        .with("kiosk", kiosk.id().toString())
                        .with("name", kiosk.name()));
            }
            return true;
        });
    }

    /**
     * @param capturedAt absent for a punch of now, which needs no signature
     * @throws Problem when the device did not sign exactly this
     */
    void require(
            Kiosk kiosk,
            @Nullable String signature,
            KioskKey.Evidence kind,
            @Nullable UUID event,
            @Nullable String capturedAt,
            List<byte[]> parts) {
        Optional<KioskKey> key = capturedAt == null ? Optional.empty() : kiosks.key(kiosk.id());
        if (key.isEmpty()) {
            return;
        }
        if (signature == null
                || event == null
                || !key.get().signed(event, String.valueOf(capturedAt), kind, parts, decoded(signature))) {
            throw new Problem(
                    ProblemType.NOT_SIGNED_BY_KIOSK,
                    "This kiosk signs what waited for the server, and this event is not signed by its device."
                            + " Remove the kiosk, and register the device anew.");
        }
    }

    static List<byte[]> utf8(String... parts) {
        return Arrays.stream(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            // As long as no signature is.
            return new byte[0];
        }
    }
}
