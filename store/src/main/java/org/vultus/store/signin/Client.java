package org.vultus.store.signin;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What clients and proxies say of themselves, as PostgreSQL can keep it. */
final class Client {

    private Client() {}

    /** The address without its zone; {@code null} when it is none: an attempt is logged whatever a proxy wrote. */
    static @Nullable String address(@Nullable String said) {
        if (said == null) {
            return null;
        }
        int zone = said.indexOf('%');
        try {
            return InetAddress.ofLiteral(zone < 0 ? said : said.substring(0, zone))
                    .getHostAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static @Nullable String device(@Nullable String said) {
        return said == null ? null : said.replace("\0", "");
    }
}
