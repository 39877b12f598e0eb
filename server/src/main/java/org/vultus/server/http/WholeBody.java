package org.vultus.server.http;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Refuses a body that lacks what its record cannot be without, by name: what is not {@code @Nullable} in a record must be sent. Without
 * it the first use of the absent value would be a fault of the server.
 */
@RestControllerAdvice
final class WholeBody extends RequestBodyAdviceAdapter {

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return target instanceof Class<?> type && type.isRecord();
    }

    @Override
    @SuppressWarnings("override") // Spring says that there is always a body, and there is not.
    public Object afterBodyRead(
            @Nullable Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        // JSON's null is a body, and none.
        if (body == null) {
            throw new Problem(ProblemType.BAD_REQUEST, "The body is null; see /api-docs for what is sent here.");
        }
        requireWhole((Record) body, "");
        return body;
    }

    private static void requireWhole(Record body, String where) {
        for (RecordComponent component : body.getClass().getRecordComponents()) {
            String name = where + snake(component.getName());
            @Nullable Object value = value(body, component);
            if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new Problem(ProblemType.BAD_REQUEST, "Send " + name + "; see /api-docs.");
            }
            if (value instanceof Record inner) {
                requireWhole(inner, name + '.');
            }
            if (value instanceof Collection<?> several) {
                requireWhole(several, name);
            }
        }
    }

    private static void requireWhole(Collection<?> several, String name) {
        for (Object one : several) {
            switch (one) {
                case null -> throw new Problem(ProblemType.BAD_REQUEST, name + " holds a null.");
                case Record inner -> requireWhole(inner, name + '.');
                case Collection<?> inner -> requireWhole(inner, name);
                default -> {
                    // Of one value.
                }
            }
        }
    }

    private static @Nullable Object value(Record body, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the JSON has it. */
    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
