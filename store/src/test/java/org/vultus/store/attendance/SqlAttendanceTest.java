package org.vultus.store.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.vultus.access.UnitOfWork;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.contract.AttendanceContract;
import org.vultus.attendance.contract.AttendanceSite;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.roster.Rosters;
import org.vultus.attendance.rule.RuleBook;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.timesheet.Approvals;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.keys.PayrollVault;

/** The tables keep the contract of attendance, through connections that act as the application's role. */
class SqlAttendanceTest extends AttendanceContract {
    private TestDatabase database;
    private Tables site;

    private record Tables(SqlSite site, UUID department, UUID otherDepartment) implements AttendanceSite {
        @Override
        public UnitOfWork work() {
            return site.work();
        }

        @Override
        public Shifts shifts() {
            return new SqlShifts(site.jdbc());
        }

        @Override
        public Rosters rosters() {
            return new SqlRosters(site.jdbc());
        }

        @Override
        public RuleBook rules() {
            return new SqlRuleBook(site.jdbc(), site.work());
        }

        @Override
        public Punches punches() {
            return new SqlPunches(
                    site.jdbc(),
                    site.work(),
                    new SqlLedger(site.jdbc(), site.work(), PayrollVault.open(site.jdbc(), site.siteKeys())));
        }

        @Override
        public Approvals approvals() {
            return new SqlApprovals(site.jdbc());
        }

        @Override
        public Kiosks kiosks() {
            return new SqlKiosks(site.jdbc());
        }

        @Override
        public UUID person(UUID where) {
            UUID id = UUID.randomUUID();
            site.subjects().add(new Subject(id, "p" + id, "Person", where, Set.of(Role.STAFF), true));
            return id;
        }

        static UUID department(SqlSite site, String code) {
            UUID id = UUID.randomUUID();
            site.departments().add(new Department(id, code, code, DepartmentPolicy.DEFAULT, true));
            return id;
        }
    }

    @Override
    protected AttendanceSite emptySite() {
        database = TestDatabase.create();
        SqlSite ports = SqlSite.over(database, Clock.systemUTC());
        site = new Tables(ports, Tables.department(ports, "icu"), Tables.department(ports, "lab"));
        return site;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theApplicationCannotUnsayAPunch() {
        for (String table :
                List.of("attendance_punches", "attendance_voidings", "attendance_overtime", "attendance_closings")) {
            assertThatThrownBy(() -> database.jdbc().sql("DELETE FROM " + table).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void aPinIsReplaced() {
        UUID ana = site.person(site.department());
        SqlPins pins = new SqlPins(database.jdbc());
        assertThat(pins.find(ana)).isEmpty();
        pins.store(ana, "one", Instant.EPOCH);
        pins.store(ana, "two", Instant.EPOCH);
        assertThat(pins.find(ana)).contains("two");
    }
}
