package org.vultus.attendance.timesheet;

import java.time.Duration;
import java.util.List;
import org.vultus.attendance.roster.Planning;
import org.vultus.attendance.rule.RuleVersion;

/**
 * What is the same for everybody.
 *
 * @param repeatInterval within this time after a punch another is the same one
 */
public record SiteRecord(Planning planning, List<RuleVersion> rules, Duration repeatInterval) {}
