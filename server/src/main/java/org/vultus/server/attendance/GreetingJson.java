package org.vultus.server.attendance;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.attendance.clock.Greeting;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.shift.Status;
import org.vultus.server.socket.Message;

/**
 * What a kiosk says to whoever punched; over the socket with the type "greeting".
 *
 * @param time on the kiosk's clock
 * @param pictureKept whether a small picture of this punch was kept, as department and person allow
 */
record GreetingJson(
        String name,
        Direction direction,
        Status status,
        OffsetDateTime time,
        String text,
        UUID eventId,
        @Nullable Long nsr,
        Method method,
        boolean pictureKept,
        boolean repeated)
        implements Message.Greets {

    static GreetingJson of(Greeting greeting) {
        var stamp = greeting.stamp();
        String time = greeting.time().toLocalTime().withNano(0).toString();
        return new GreetingJson(
                greeting.subject().displayName(),
                stamp.direction(),
                stamp.status(),
                greeting.time().toOffsetDateTime(),
                "%s, %s: %s at %s"
                        .formatted(
                                stamp.direction() == Direction.IN ? "Welcome" : "Goodbye",
                                greeting.subject().displayName(),
                                words(stamp.status()),
                                time),
                stamp.punch().eventId(),
                stamp.punch().nsr(),
                stamp.punch().method(),
                greeting.pictureKept(),
                greeting.repeated());
    }

    private static String words(Status status) {
        return switch (status) {
            case EARLY -> "early";
            case ON_TIME -> "on time";
            case LATE -> "late";
            case LEFT_EARLY -> "before the end";
            case OVERTIME -> "overtime";
        };
    }

    @Override
    public String kind() {
        return "greeting";
    }
}
