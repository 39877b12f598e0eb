package org.vultus.store.attendance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.attendance.brazil.Afd;
import org.vultus.attendance.brazil.Ledger;

/**
 * Records in each site's AFD that punches can be taken, and that they cannot any more. Of several servers over one database the first to
 * start and the last to stop say so: each holds a shared advisory lock while it is there, on a connection of its own. One that is killed
 * records no end; the next beginning shows it.
 */
public final class ServiceRecords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRecords.class);

    /** Of no meaning: the letters of "vultusAF". */
    private static final long LOCK = 0x76756c7475734146L;

    private final Ledger ledger;
    private final Clock clock;
    private final Connection held;

    private ServiceRecords(Ledger ledger, Clock clock, Connection held) {
        this.ledger = ledger;
        this.clock = clock;
        this.held = held;
    }

    /** @throws IllegalStateException when the database does not answer */
    public static ServiceRecords begin(DataSource database, Ledger ledger, Clock clock) {
        try {
            Connection held = database.getConnection();
            ServiceRecords records = new ServiceRecords(ledger, clock, held);
            boolean first = records.ask("SELECT pg_try_advisory_lock(?)");
            if (first) {
                records.record(Afd.Service.AVAILABLE);
            }
            records.ask("SELECT pg_advisory_lock_shared(?) IS NULL");
            if (first) {
                records.ask("SELECT pg_advisory_unlock(?)");
            }
            return records;
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not tell whether other servers are there", e);
        }
    }

    private void record(Afd.Service state) {
        ledger.service(state, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private boolean ask(String sql) throws SQLException {
        try (PreparedStatement statement = held.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** Says that it is over, where no other server is there. A server stops whether that can be recorded or not. */
    @Override
    public void close() {
        try (held) {
            ask("SELECT pg_advisory_unlock_shared(?)");
            if (ask("SELECT pg_try_advisory_lock(?)")) {
                record(Afd.Service.UNAVAILABLE);
                ask("SELECT pg_advisory_unlock(?)");
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The end of the service is not in the AFD: {}", e.getMessage());
        }
    }
}
