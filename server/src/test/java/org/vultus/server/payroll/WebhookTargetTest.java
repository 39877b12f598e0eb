package org.vultus.server.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where webhooks may not go: this machine, this network, and what only looks as if it were elsewhere. */
class WebhookTargetTest {
    private static final List<String> NONE = List.of();
    private static final List<String> PAYROLL = List.of("payroll.local");

    private static WebhookTarget.Resolver to(String... addresses) {
        return host -> {
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.ofLiteral(addresses[i]);
            }
            return found;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::",
                "3fff::1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void notToAnAddressThatIsNotPublic(String address) {
        assertThat(WebhookTarget.isPublic(InetAddress.ofLiteral(address))).isFalse();
        assertThatThrownBy(() -> WebhookTarget.resolve("https://example.com/", NONE, to("93.184.215.14", address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"})
    void toPublicOnes(String address) throws UnknownHostException {
        WebhookTarget target = WebhookTarget.resolve("https://example.com:8443/a?b=c", NONE, to(address));
        assertThat(target.address()).isEqualTo(InetAddress.ofLiteral(address));
        assertThat(target.port()).isEqualTo(8443);
        assertThat(target.secure()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "https:///x", "https://",
                "https://user:secret@example.com/", "https://example.com/#x", "//example.com/", "example.com",
                        "https://a b/"
            })
    void notWithoutHttpsAndAHost(String url) {
        assertThatThrownBy(() -> WebhookTarget.requireWellFormed(url, PAYROLL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostThatTheConfigurationNamesMayBePrivateAndPlain() throws UnknownHostException {
        WebhookTarget target = WebhookTarget.resolve("http://Payroll.local/", PAYROLL, to("10.1.2.3"));
        assertThat(target.port()).isEqualTo(80);
        assertThat(target.secure()).isFalse();
        assertThatThrownBy(() -> WebhookTarget.resolve("https://payroll.local.example/", PAYROLL, to("10.1.2.3")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebhookTarget.resolve("https://example.com/", NONE, to()))
                .isInstanceOf(UnknownHostException.class);
    }
}
