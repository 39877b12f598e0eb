package org.vultus.attendance.brazil;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The register of marks of each site (ARP): every record of its AFD as it was written, in the order of its numbers, which marks,
 * employers and people share. It begins when the site's employer is first named; records are only ever added.
 */
public interface Ledger {

    /**
     * Names the employer of a site from now on, and writes a record 2. The same again changes nothing.
     *
     * @param responsible who says so
     */
    void name(String site, Employer employer, Cpf responsible, Instant at);

    /** Writes a record 6 at each site that has an employer. */
    void service(Afd.Service state, Instant at);

    /** The employer of a site now. */
    Optional<Employer> employer(String site);

    /** The sites that have an employer, by name. */
    Map<String, Employer> employers();

    /** The records that a site wrote from one moment (inclusive) to another (exclusive), in order. */
    List<String> records(String site, Instant from, Instant to);

    /** Of a punch: its record 7. */
    Optional<Written> mark(UUID event);

    /**
     * A record and its site.
     *
     * @param employer as it was then
     */
    record Written(String site, Employer employer, String record) {}
}
