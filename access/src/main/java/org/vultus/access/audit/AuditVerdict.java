package org.vultus.access.audit;

/** What a check of an exported chain found. */
public sealed interface AuditVerdict {

    /**
     * Every record follows from the one before, and every checkpoint is signed.
     *
     * @param first sequence of the first record of the export; records before it are not covered
     * @param last sequence of the last record
     * @param checkpoints how many signatures were checked
     * @param lastSigned the last record that a signature covers; 0 for none. Later records could have been rewritten
     */
    record Intact(long first, long last, int checkpoints, long lastSigned) implements AuditVerdict {}

    /**
     * The first place where it does not hold.
     *
     * @param sequence of the record or checkpoint
     * @param what one sentence
     */
    record Broken(long sequence, String what) implements AuditVerdict {}
}
