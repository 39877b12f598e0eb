package org.vultus.server.command;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the server answered. */
sealed interface Reply<T> {

    record Done<T>(T body) implements Reply<T> {}

    record Refused<T>(ProblemJson problem) implements Reply<T> {}

    /** The body, where a refusal is the end of the command. */
    default T orFail() {
        return switch (this) {
            case Done<T>(T body) -> body;
            case Refused<T>(ProblemJson problem) -> throw CommandFailure.failed(problem.sentence());
        };
    }

    /** What to do about an image. */
    record AdviceText(@Nullable String text) {}

    /** What was found of one image. */
    record ImageJson(
            int index,
            boolean accepted,
            @Nullable String reason,
            @Nullable String detail,
            List<AdviceText> advice) {

        public ImageJson {
            // Absent from JSON is null.
            advice = Objects.requireNonNullElse(advice, List.of());
        }

        /** The advice in words. */
        List<String> texts() {
            return advice.stream().flatMap(a -> Stream.ofNullable(a.text())).toList();
        }
    }

    /** A problem (RFC 9457) with what enrolment adds to it; any field may be missing from what a proxy answers. */
    record ProblemJson(
            int status,
            @Nullable String type,
            @Nullable String title,
            @Nullable String detail,
            @Nullable String reason,
            List<ImageJson> images) {

        public ProblemJson {
            images = Objects.requireNonNullElse(images, List.of());
        }

        String sentence() {
            if (title == null) {
                return "the server answered " + status;
            }
            return detail == null ? title : title + ": " + detail;
        }

        /** What went wrong in one stable word: the reason, else the end of the type, else the status. */
        String word() {
            if (reason != null) {
                return reason;
            }
            return type == null
                    ? "HTTP_" + status
                    : type.substring(type.lastIndexOf('/') + 1)
                            .replace('-', '_')
                            .toUpperCase(Locale.ROOT);
        }

        /** Whether the same request may well succeed later. */
        boolean passing() {
            return status == 429 || status >= 500;
        }
    }
}
