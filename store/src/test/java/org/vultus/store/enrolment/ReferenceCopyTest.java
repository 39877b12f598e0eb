package org.vultus.store.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.store.TestDatabase;

class ReferenceCopyTest {
    private static final String IDS = "SELECT ('00000000-0000-0001-0000-' || lpad(n::text, 12, '0'))::uuid,"
            + " ('00000000-0000-0002-0000-' || lpad(n::text, 12, '0'))::uuid,"
            + " '00000000-0000-0003-0000-000000000000'::uuid, 2::smallint, ";

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.empty();
        connection = database.owner().getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void columnsAreWhatTheyWere() throws SQLException {
        List<ReferenceCopy.Rows> pages = read(
                IDS + "CASE WHEN n <> 2 THEN decode(repeat('0' || n, 3), 'hex') END, decode('ff00', 'hex')"
                        + " FROM generate_series(1, 3) n",
                2);

        assertThat(pages.stream().mapToInt(ReferenceCopy.Rows::without).sum()).isOne();
        List<SealedReference> sealed =
                pages.stream().flatMap(page -> page.sealed().stream()).toList();
        assertThat(sealed).hasSize(2);
        SealedReference last = sealed.getLast();
        assertThat(last.enrolment()).isEqualTo(UUID.fromString("00000000-0000-0001-0000-000000000003"));
        assertThat(last.subject()).isEqualTo(UUID.fromString("00000000-0000-0002-0000-000000000003"));
        assertThat(last.department()).isEqualTo(UUID.fromString("00000000-0000-0003-0000-000000000000"));
        assertThat(last.format()).isEqualTo(2);
        assertThat(last.template()).containsExactly(3, 3, 3);
        assertThat(last.wrappedKey()).containsExactly(0xff, 0);
    }

    @Test
    void nothingIsNoRow() throws SQLException {
        assertThat(read(IDS + "''::bytea, ''::bytea FROM generate_series(1, 0) n", 10))
                .allSatisfy(page -> assertThat(page.sealed()).isEmpty());
    }

    @Test
    void otherColumnsAreRefused() {
        assertThatThrownBy(() -> read("SELECT 1::smallint", 10)).hasMessage("1 columns");
        assertThatThrownBy(() -> read(
                        "SELECT ''::bytea, n::uuid, n::uuid, 1::smallint, ''::bytea, ''::bytea"
                                + " FROM (VALUES ('00000000-0000-0000-0000-000000000000')) v(n)",
                        10))
                .hasMessage("a column of 0 bytes in place of 16");
    }

    @Test
    void anErrorOnTheWayIsNotTheEnd() {
        assertThatThrownBy(() -> read(
                        IDS + "decode('00', 'hex'), (1 / (500 - n))::text::bytea FROM generate_series(1, 1000) n", 10))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("division by zero");
    }

    @Test
    void theConnectionIsFreeAgainAfterAnyNumberOfRows() throws SQLException {
        for (int pages : new int[] {0, 1, 500}) {
            try (ReferenceCopy copy = new ReferenceCopy(
                    connection,
                    IDS + "decode(repeat('ab', 1000), 'hex'), ''::bytea FROM generate_series(1, 100000) n")) {
                for (int i = 0; i < pages; i++) {
                    assertThat(copy.next(10)).hasSize(10);
                }
            }
            connection.rollback();
            assertThat(read(IDS + "''::bytea, ''::bytea FROM generate_series(1, 1) n", 10).stream()
                            .mapToInt(page -> page.sealed().size())
                            .sum())
                    .isOne();
        }
    }

    private List<ReferenceCopy.Rows> read(String query, int size) throws SQLException {
        List<ReferenceCopy.Rows> pages = new ArrayList<>();
        try (ReferenceCopy copy = new ReferenceCopy(connection, query)) {
            for (List<byte[]> page = copy.next(size); !page.isEmpty(); page = copy.next(size)) {
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                pages.add(ReferenceCopy.rows(page));
            }
        }
        return pages;
    }
}
