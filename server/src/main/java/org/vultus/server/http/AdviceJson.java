package org.vultus.server.http;

import java.util.List;
import org.vultus.biometrics.outcome.Advice;

/**
 * What a person should do.
 *
 * @param code stable; pages translate it
 * @param text in English
 */
public record AdviceJson(String code, String text) {

    public static List<AdviceJson> of(List<Advice> advice) {
        return advice.stream().map(a -> new AdviceJson(a.name(), a.english())).toList();
    }
}
