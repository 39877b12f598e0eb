package org.vultus.attendance.brazil;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The CPF of each person, kept so that only this site can read it. */
public interface TaxNumbers {

    Optional<Cpf> find(UUID subject);

    /** Of these people; those who have none are absent. */
    Map<UUID, Cpf> find(Collection<UUID> subjects);

    /** @param responsible who says so; the person themselves where nobody else has a CPF yet */
    void store(UUID subject, Cpf cpf, Cpf responsible, Instant at);

    /**
     * Forgets it, and writes at every site that knew the person that they are excluded.
     *
     * @return {@code false} when there was none
     */
    boolean remove(UUID subject, Cpf responsible, Instant at);
}
