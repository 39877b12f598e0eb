package org.vultus.store;

import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.vultus.access.UnitOfWork;

/** {@link UnitOfWork} as a transaction; within one it joins it. */
public final class SqlUnitOfWork implements UnitOfWork {
    private final TransactionTemplate transaction;

    public SqlUnitOfWork(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    @SuppressWarnings("NullAway") // what the work gives back, which is not null unless T is
    public <T> T call(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }
}
