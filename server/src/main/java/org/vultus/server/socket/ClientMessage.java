package org.vultus.server.socket;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vultus.biometrics.liveness.Gesture;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client may say during a session besides its frames. */
sealed interface ClientMessage {
    /** Longer than any of them. */
    int MOST_CHARACTERS = 1_000;

    /** {@code {"type":"script","cannot":["BLINK"]}}: another script is wanted, without these. */
    record Cannot(Set<Gesture> gestures) implements ClientMessage {}

    /** {@code {"type":"camera","label":"…"}}: what the browser calls the camera; not proven. */
    record Camera(String label) implements ClientMessage {}

    /** Nothing for anything else, however it is broken. */
    static Optional<ClientMessage> parse(JsonMapper json, String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        JsonNode message;
        try {
            message = json.readTree(text);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return switch (message.path("type").asString("")) {
            case "script" -> Optional.of(new Cannot(gestures(message.path("cannot"))));
            case "camera" -> Optional.of(new Camera(message.path("label").asString("")));
            default -> Optional.empty();
        };
    }

    private static Set<Gesture> gestures(JsonNode names) {
        Set<String> wanted = names.valueStream().map(name -> name.asString("")).collect(Collectors.toSet());
        return Arrays.stream(Gesture.values())
                .filter(gesture -> wanted.contains(gesture.name()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Gesture.class)));
    }
}
