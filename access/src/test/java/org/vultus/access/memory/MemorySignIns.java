package org.vultus.access.memory;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSession;
import org.vultus.access.signin.SignInSessions;

/** Passwords, lockouts, sessions and the log of attempts. */
record MemorySignIns(MemorySite site) {

    Passwords passwords() {
        return new Passwords() {
            @Override
            public Optional<Stored> find(UUID subject) {
                synchronized (site) {
                    return Optional.ofNullable(site.state().passwords.get(subject));
                }
            }

            @Override
            public void store(UUID subject, Stored password) {
                synchronized (site) {
                    site.state().passwords.put(subject, password);
                }
            }
        };
    }

    Lockouts lockouts() {
        return new Lockouts() {
            @Override
            public Lockout find(String key) {
                synchronized (site) {
                    return site.state().lockouts.getOrDefault(key, Lockout.NONE);
                }
            }

            @Override
            public void update(String key, UnaryOperator<Lockout> change) {
                synchronized (site) {
                    Lockout after = change.apply(find(key));
                    if (after.equals(Lockout.NONE)) {
                        site.state().lockouts.remove(key);
                    } else {
                        site.state().lockouts.put(key, after);
                    }
                }
            }
        };
    }

    SignInSessions sessions() {
        return new SignInSessions() {
            @Override
            public void opened(SignInSession session) {
                synchronized (site) {
                    site.state().opened.add(session);
                }
            }

            @Override
            public void closed(UUID session, String outcome, Instant at) {
                synchronized (site) {
                    site.state().closed.putIfAbsent(session, outcome);
                }
            }
        };
    }

    SignInLog log() {
        return entry -> {
            synchronized (site) {
                site.state().attempts.add(entry);
            }
        };
    }
}
