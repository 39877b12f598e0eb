package org.vultus.server.payroll;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where a webhook may go (OWASP, Server-Side Request Forgery Prevention): https to a host all of whose addresses are public, or a host
 * that the site's configuration names, which may be private and plain http. The address that was looked at is the one that is connected to, so
 * that a name which changes its mind in between reaches nothing else.
 *
 * @param uri as it was registered
 * @param address to connect to
 */
record WebhookTarget(URI uri, InetAddress address) {

    /** Finds the addresses of a name. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** @throws IllegalArgumentException when it may not go there; the message tells why */
    static void requireWellFormed(String url, List<String> allowedHosts) {
        parse(url, allowedHosts);
    }

    /**
     * Looks up the address to connect to.
     *
     * @throws IllegalArgumentException when it may not go there
     * @throws UnknownHostException when the name has no address
     */
    static WebhookTarget resolve(String url, List<String> allowedHosts, Resolver resolver) throws UnknownHostException {
        URI uri = parse(url, allowedHosts);
        String host = host(uri);
        InetAddress[] addresses = resolver.addresses(host);
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        if (!allowed(host, allowedHosts) && !Arrays.stream(addresses).allMatch(WebhookTarget::isPublic)) {
            throw new IllegalArgumentException(
                    "the host's address is not public; an administrator of this server can allow the host by name");
        }
        return new WebhookTarget(uri, addresses[0]);
    }

    private static URI parse(String url, List<String> allowedHosts) {
        URI uri = URI.create(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a webhook's address names a host, and neither a user nor a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("a webhook's address has a port of 1 to 65535, or none");
        }
        boolean plain = scheme.equals("http") && allowed(host(uri), allowedHosts);
        if (!plain && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "a webhook's address begins with https://; only hosts that this server's configuration names may have http");
        }
        return uri;
    }

    private static boolean allowed(String host, List<String> allowedHosts) {
        return allowedHosts.stream().anyMatch(host::equalsIgnoreCase);
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    boolean secure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    String host() {
        return host(uri);
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /** Not of this machine, this network or a special purpose (IANA's registries, RFC 6890). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublic4(bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF) : isPublic6(bytes);
    }

    private static boolean isPublic4(int a, int b, int c) {
        boolean shared = a == 100 && b >= 64 && b < 128;
        boolean protocol = a == 192 && b == 0 && (c == 0 || c == 2);
        boolean relay = a == 192 && b == 88 && c == 99;
        boolean benchmark = a == 198 && (b == 18 || b == 19);
        boolean example = (a == 198 && b == 51 && c == 100) || (a == 203 && b == 0 && c == 113);
        return a != 0 && a != 10 && a != 127 && a < 224 && !shared && !protocol && !relay && !benchmark && !example;
    }

    /** Global unicast without tunnels that hide an IPv4 address, and without documentation. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        int second = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        boolean unicast = (first & 0xE000) == 0x2000;
        boolean special = first == 0x2001 && (second < 0x200 || second == 0xDB8);
        boolean tunnel = first == 0x2002;
        boolean documentation = first == 0x3FFF;
        return unicast && !special && !tunnel && !documentation;
    }
}
