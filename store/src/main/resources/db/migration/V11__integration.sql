-- Webhooks, the events that HR systems pull, and calendars of rosters.

-- What others are told of is what the audit trail says: its numbers are given while the end of the chain is held, so that they are
-- visible in their order, without one that turns up late.
CREATE INDEX audit_events_of_attendance ON audit_events (sequence) WHERE accepted AND action IN
    ('PUNCH', 'PUNCH_CORRECTED', 'TIMESHEET_APPROVED', 'SUBJECT_CREATED', 'SUBJECT_CHANGED', 'SUBJECT_ERASED');

CREATE TABLE webhooks (
    id            uuid PRIMARY KEY,
    url           text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    types         text[] NOT NULL CHECK (cardinality(types) > 0),
    sealed_secret bytea NOT NULL,
    registered_by uuid NOT NULL REFERENCES users,
    registered_at timestamptz NOT NULL,
    removed_at    timestamptz
);
COMMENT ON TABLE webhooks IS 'Who is told of what. The secret is sealed with the data key of payroll.';

CREATE TABLE webhook_deliveries (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    webhook_id   uuid NOT NULL REFERENCES webhooks,
    sequence     bigint NOT NULL REFERENCES audit_events,
    state        text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'DELIVERED', 'DEAD')),
    attempts     integer NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL,
    answered     integer,
    failure      text CHECK (length(failure) <= 500),
    changed_at   timestamptz NOT NULL,
    UNIQUE (webhook_id, sequence)
);
COMMENT ON TABLE webhook_deliveries IS 'The outbox: what is to be told to whom. Names nobody; what is told is looked up when it is sent.';
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE state = 'WAITING';
CREATE INDEX webhook_deliveries_over ON webhook_deliveries (changed_at) WHERE state <> 'WAITING';

CREATE FUNCTION attendance_event_type(action text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE action
        WHEN 'PUNCH' THEN 'punch.recorded'
        WHEN 'PUNCH_CORRECTED' THEN 'punch.corrected'
        WHEN 'TIMESHEET_APPROVED' THEN 'timesheet.approved'
        WHEN 'SUBJECT_CREATED' THEN 'person.created'
        WHEN 'SUBJECT_CHANGED' THEN 'person.changed'
        WHEN 'SUBJECT_ERASED' THEN 'person.erased'
    END
$$;

-- In the transaction of what it tells of: the event is in the outbox if and only if it happened.
CREATE FUNCTION fill_outbox() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO webhook_deliveries (webhook_id, sequence, due_at, changed_at)
        SELECT id, NEW.sequence, NEW.at, NEW.at FROM webhooks
        WHERE removed_at IS NULL AND attendance_event_type(NEW.action) = ANY (types);
    RETURN NULL;
END
$$;
CREATE TRIGGER audit_events_fill_outbox AFTER INSERT ON audit_events FOR EACH ROW
    WHEN (NEW.accepted AND NEW.action IN
        ('PUNCH', 'PUNCH_CORRECTED', 'TIMESHEET_APPROVED', 'SUBJECT_CREATED', 'SUBJECT_CHANGED', 'SUBJECT_ERASED'))
    EXECUTE FUNCTION fill_outbox();

CREATE TABLE roster_calendars (
    subject_id uuid PRIMARY KEY REFERENCES users,
    hash       text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    made_at    timestamptz NOT NULL
);
COMMENT ON TABLE roster_calendars IS 'Private addresses of calendars: 256 random bits, of which only the hash is here.';

CREATE OR REPLACE FUNCTION forget_payroll() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM attendance_tax_numbers WHERE subject_id = NEW.id;
    DELETE FROM roster_calendars WHERE subject_id = NEW.id;
    RETURN NULL;
END
$$;

GRANT SELECT, INSERT, UPDATE ON webhooks TO vultus_app;
GRANT SELECT, UPDATE, DELETE ON webhook_deliveries TO vultus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON roster_calendars TO vultus_app;
