package org.vultus.server.payroll;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one signed event (Standard Webhooks) over a connection of its own to an address that was looked at, and reads the status line.
 * Follows no redirect and reads no body. An own few lines of HTTP/1.1, because the JDK's client looks the name up again. Safe for several
 * threads.
 */
final class WebhookSender {
    static final String SECRET_PREFIX = "whsec_";

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
    private static final int LONGEST_STATUS_LINE = 1_000;

    private final SSLSocketFactory tls;
    private final Duration patience;

    /** @param patience for the connection, and then for the whole answer */
    WebhookSender(SSLSocketFactory tls, Duration patience) {
        this.tls = tls;
        this.patience = patience;
    }

    /**
     * The header {@code webhook-signature}.
     *
     * @param secret {@code whsec_} and base64
     */
    static String signature(String secret, String id, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), "HmacSHA256"));
            byte[] signed =
                    mac.doFinal("%s.%d.%s".formatted(id, timestamp, body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the HTTP status */
    int send(WebhookTarget target, String secret, String id, long timestamp, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String path = target.uri().getRawPath();
        String query = target.uri().getRawQuery();
        String head = "POST %s%s HTTP/1.1\r\n".formatted(path.isEmpty() ? "/" : path, query == null ? "" : "?" + query)
                + "Host: %s\r\n".formatted(target.uri().getRawAuthority())
                + "User-Agent: Vultus\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: %d\r\n".formatted(content.length)
                + "Connection: close\r\n"
                + "webhook-id: %s\r\n".formatted(id)
                + "webhook-timestamp: %d\r\n".formatted(timestamp)
                + "webhook-signature: %s\r\n\r\n".formatted(signature(secret, id, timestamp, body));
        long deadline = System.nanoTime() + 2 * patience.toNanos();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(target.address(), target.port()), Math.toIntExact(patience.toMillis()));
            plain.setSoTimeout(Math.toIntExact(patience.toMillis()));
            if (!target.secure()) {
                return exchange(plain, head, content, deadline);
            }
            try (SSLSocket secure = (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true)) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                return exchange(secure, head, content, deadline);
            }
        }
    }

    private static int exchange(Socket socket, String head, byte[] content, long deadline) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.flush();
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_STATUS_LINE) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            socket.setSoTimeout(Math.toIntExact(left));
            int c = in.read();
            if (c < 0) {
                throw new IOException("the connection was closed without an answer");
            }
            if (c == '\n') {
                break;
            }
            line.append((char) c);
        }
        Matcher status = STATUS.matcher(line.toString().stripTrailing());
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP");
        }
        return Integer.parseInt(status.group(1));
    }
}
