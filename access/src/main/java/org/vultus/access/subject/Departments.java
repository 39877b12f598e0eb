package org.vultus.access.subject;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The departments of the site. */
public interface Departments {

    /** @return {@code false} when the code is taken; nothing is changed then */
    boolean add(Department department);

    /** Changes everything but the code. @return {@code false} when there is no such department */
    boolean update(Department department);

    Optional<Department> find(UUID id);

    Optional<Department> findByCode(String code);

    /** All, by name. */
    List<Department> list();
}
