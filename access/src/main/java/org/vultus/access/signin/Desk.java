package org.vultus.access.signin;

import java.util.Set;
import java.util.UUID;
import org.vultus.access.audit.Actor;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.biometrics.decide.OperatingPoint;

/**
 * A device that recognises the people of some departments by face alone, and gives nobody a token.
 *
 * @param departments whose people it may find
 * @param point of a search among all of them
 * @param liveness what it asks of a face
 * @param lockout what its failures count against, after this rule
 */
public record Desk(
        UUID device,
        Set<Department> departments,
        OperatingPoint point,
        LivenessPolicy liveness,
        String lockout,
        Lockout.Rule failures,
        Actor from) {
    public Desk {
        departments = Set.copyOf(departments);
    }
}
