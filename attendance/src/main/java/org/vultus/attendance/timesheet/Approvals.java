package org.vultus.attendance.timesheet;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What managers approved; it is only ever added. */
public interface Approvals {

    void add(OvertimeApproval approval);

    /** In the order they were recorded. */
    List<OvertimeApproval> overtime(Collection<UUID> subjects);

    void add(Closing closing);

    /** In the order they were recorded. */
    List<Closing> closings(UUID subject);
}
