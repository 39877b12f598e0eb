package org.vultus.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too long, by their stated length or, without one, when they turn out so: before anything is kept of
 * them.
 */
public final class BodyLimit extends OncePerRequestFilter {
    private static final long MEGABYTE = 1_000_000;

    /** One image (DESIGN: at most 10 MB), and little else is as long. */
    private static final long USUAL = 10 * MEGABYTE;

    /** Twenty images, as JSON in base64. */
    private static final long ENROLMENT = 100 * MEGABYTE;

    /** A body went beyond its limit while it was read. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1;
        private final long limit;

        Exceeded(long limit) {
            this.limit = limit;
        }

        String advice() {
            return "At most %d MB are taken. Send fewer or smaller images.".formatted(limit / MEGABYTE);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = request.getRequestURI().equals("/face-auth/enroll") ? ENROLMENT : USUAL;
        if (request.getContentLengthLong() > limit) {
            ProblemResponse.write(response, ProblemType.TOO_LARGE, new Exceeded(limit).advice());
            return;
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final long limit;

        Limited(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit);
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private final long limit;
        private long read;

        Counted(ServletInputStream in, long limit) {
            this.in = in;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            int n = in.read(b, offset, length);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int n) throws Exceeded {
            read += n;
            if (read > limit) {
                throw new Exceeded(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
