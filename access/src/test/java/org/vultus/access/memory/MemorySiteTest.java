package org.vultus.access.memory;

import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.vultus.access.contract.DepartmentsContract;
import org.vultus.access.contract.LegalBasesContract;
import org.vultus.access.contract.LockoutsContract;
import org.vultus.access.contract.PasswordsContract;
import org.vultus.access.contract.PersonalRecordsContract;
import org.vultus.access.contract.PrivacyRequestsContract;
import org.vultus.access.contract.ProofsContract;
import org.vultus.access.contract.ReferencesContract;
import org.vultus.access.contract.RegisterContract;
import org.vultus.access.contract.Site;
import org.vultus.access.contract.SubjectsContract;
import org.vultus.access.contract.UnitOfWorkContract;

/** The twins in memory keep the contracts that the tables keep. */
class MemorySiteTest {

    private static Site empty() {
        return new MemorySite(Clock.systemUTC());
    }

    @Nested
    class OfWork extends UnitOfWorkContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfDepartments extends DepartmentsContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfSubjects extends SubjectsContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfPasswords extends PasswordsContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfBases extends LegalBasesContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfReferences extends ReferencesContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfRegister extends RegisterContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfLockouts extends LockoutsContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfRecords extends PersonalRecordsContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfRequests extends PrivacyRequestsContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }

    @Nested
    class OfProofs extends ProofsContract {
        @Override
        protected Site emptySite() {
            return empty();
        }
    }
}
