package org.vultus.access.signin;

import java.util.function.UnaryOperator;

/** The lockouts, shared by all servers of the site. */
public interface Lockouts {

    Lockout find(String key);

    /** Changes one atomically; {@link Lockout#NONE} forgets it. */
    void update(String key, UnaryOperator<Lockout> change);
}
