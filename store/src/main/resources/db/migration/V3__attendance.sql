-- Time and attendance. What was punched, planned and decided is added and never changed; at most it is ended.

CREATE TABLE attendance_shifts (
    id                uuid PRIMARY KEY,
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    starts            time NOT NULL,
    ends              time NOT NULL,
    early_window_s    integer NOT NULL CHECK (early_window_s >= 0),
    late_window_s     integer NOT NULL CHECK (late_window_s >= 0),
    late_grace_s      integer NOT NULL CHECK (late_grace_s >= 0),
    early_leave_s     integer NOT NULL CHECK (early_leave_s >= 0),
    breaks            text[] NOT NULL,
    rounding_s        integer NOT NULL CHECK (rounding_s >= 0),
    on_call           boolean NOT NULL,
    retired           boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE attendance_shifts IS 'Shifts. Another rule is another shift.';
CREATE UNIQUE INDEX attendance_shifts_in_use ON attendance_shifts (name) WHERE NOT retired;

CREATE TABLE attendance_rosters (
    id                uuid PRIMARY KEY,
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    zone              text NOT NULL,
    anchor            date NOT NULL,
    days              text[] NOT NULL CHECK (cardinality(days) > 0),
    observes_holidays boolean NOT NULL,
    retired           boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE attendance_rosters IS 'Cycles of days; each day holds the identifiers of its shifts, separated by blanks.';
CREATE UNIQUE INDEX attendance_rosters_in_use ON attendance_rosters (name) WHERE NOT retired;

CREATE TABLE attendance_assignments (
    id          uuid PRIMARY KEY,
    subject_id  uuid NOT NULL REFERENCES users,
    roster_id   uuid REFERENCES attendance_rosters,
    from_day    date NOT NULL,
    recorded_by uuid NOT NULL REFERENCES users,
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_assignments IS 'Who has which roster from which day on.';
CREATE INDEX attendance_assignments_by_subject ON attendance_assignments (subject_id);

CREATE TABLE attendance_holidays (
    id            uuid PRIMARY KEY,
    day           date NOT NULL,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    department_id uuid REFERENCES departments,
    recorded_at   timestamptz NOT NULL,
    removed_at    timestamptz
);
COMMENT ON TABLE attendance_holidays IS 'Days on which those whose roster observes holidays are not expected.';
CREATE INDEX attendance_holidays_by_day ON attendance_holidays (day);

CREATE TABLE attendance_leaves (
    id           uuid PRIMARY KEY,
    subject_id   uuid NOT NULL REFERENCES users,
    from_day     date NOT NULL,
    to_day       date NOT NULL CHECK (to_day >= from_day),
    kind         text NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
    recorded_by  uuid NOT NULL REFERENCES users,
    recorded_at  timestamptz NOT NULL,
    cancelled_at timestamptz
);
COMMENT ON TABLE attendance_leaves IS 'Days on which a person is not expected.';
CREATE INDEX attendance_leaves_by_subject ON attendance_leaves (subject_id);

CREATE TABLE attendance_rules (
    number            integer PRIMARY KEY CHECK (number > 0),
    from_day          date NOT NULL,
    department_id     uuid REFERENCES departments,
    count_early       boolean NOT NULL,
    daily_threshold_s integer,
    weekly_threshold_s integer,
    overtime_percent  integer NOT NULL,
    higher_after_s    integer,
    higher_percent    integer NOT NULL,
    rest_day_percent  integer NOT NULL,
    night_start       time NOT NULL,
    night_end         time NOT NULL,
    night_percent     integer NOT NULL,
    approval          boolean NOT NULL,
    recorded_by       uuid NOT NULL REFERENCES users,
    recorded_at       timestamptz NOT NULL
);
COMMENT ON TABLE attendance_rules IS 'Versions of how time is paid.';

CREATE TABLE attendance_kiosks (
    id              uuid PRIMARY KEY,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    site            text NOT NULL CHECK (length(site) BETWEEN 1 AND 100),
    zone            text NOT NULL,
    departments     uuid[] NOT NULL CHECK (cardinality(departments) > 0),
    credential_hash text NOT NULL UNIQUE CHECK (credential_hash ~ '^[0-9a-f]{64}$'),
    registered_at   timestamptz NOT NULL,
    removed_at      timestamptz
);
COMMENT ON TABLE attendance_kiosks IS 'Devices that people punch at. The credential is 256 random bits; only its hash is here.';
CREATE UNIQUE INDEX attendance_kiosks_in_use ON attendance_kiosks (name) WHERE removed_at IS NULL;

CREATE TABLE attendance_sequences (
    site text PRIMARY KEY,
    last bigint NOT NULL
);
COMMENT ON TABLE attendance_sequences IS 'The last number (NSR) of each site; whoever punches holds its row until the end of the transaction.';

CREATE TABLE attendance_punches (
    event_id      uuid PRIMARY KEY,
    site          text,
    nsr           bigint,
    subject_id    uuid NOT NULL REFERENCES users,
    department_id uuid NOT NULL REFERENCES departments,
    captured_at   timestamptz NOT NULL,
    received_at   timestamptz NOT NULL,
    at            timestamptz NOT NULL GENERATED ALWAYS AS (least(captured_at, received_at)) STORED,
    kiosk_id      uuid REFERENCES attendance_kiosks,
    method        text NOT NULL CHECK (method IN ('FACE', 'PIN', 'BADGE', 'MANUAL')),
    direction     text CHECK (direction IN ('IN', 'OUT')),
    recorded_by   uuid REFERENCES users,
    reason        text,
    UNIQUE (site, nsr),
    CHECK ((kiosk_id IS NULL) = (nsr IS NULL)),
    CHECK ((nsr IS NULL) = (site IS NULL)),
    CHECK ((method = 'MANUAL') = (recorded_by IS NOT NULL AND reason IS NOT NULL))
);
COMMENT ON TABLE attendance_punches IS 'Every punch, numbered without gaps at each site. Append-only.';
CREATE INDEX attendance_punches_by_subject ON attendance_punches (subject_id, at);

CREATE TABLE attendance_voidings (
    id          uuid PRIMARY KEY,
    event_id    uuid NOT NULL REFERENCES attendance_punches,
    subject_id  uuid NOT NULL REFERENCES users,
    recorded_by uuid NOT NULL REFERENCES users,
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_voidings IS 'A manager''s word that a punch does not count. Append-only.';
CREATE INDEX attendance_voidings_by_subject ON attendance_voidings (subject_id);

CREATE TABLE attendance_overtime (
    id          uuid PRIMARY KEY,
    subject_id  uuid NOT NULL REFERENCES users,
    day         date NOT NULL,
    seconds     integer NOT NULL CHECK (seconds BETWEEN 0 AND 86400),
    recorded_by uuid NOT NULL REFERENCES users,
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_overtime IS 'Overtime that was approved. Append-only.';
CREATE INDEX attendance_overtime_by_subject ON attendance_overtime (subject_id);

CREATE TABLE attendance_closings (
    id          uuid PRIMARY KEY,
    subject_id  uuid NOT NULL REFERENCES users,
    from_day    date NOT NULL,
    to_day      date NOT NULL CHECK (to_day >= from_day),
    recorded_by uuid NOT NULL REFERENCES users,
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_closings IS 'Timesheets that a manager approved, as they were at that moment. Append-only.';
CREATE INDEX attendance_closings_by_subject ON attendance_closings (subject_id);

CREATE TABLE attendance_pins (
    subject_id uuid PRIMARY KEY REFERENCES users,
    hash       text NOT NULL,
    changed_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_pins IS 'Argon2id hashes of the PINs of those who punch without the camera.';

CREATE TRIGGER attendance_punches_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance_punches
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_voidings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance_voidings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_overtime_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance_overtime
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_closings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance_closings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON attendance_punches, attendance_voidings, attendance_overtime, attendance_closings,
    attendance_assignments, attendance_rules TO vultus_app;
GRANT SELECT, INSERT, UPDATE ON attendance_shifts, attendance_rosters, attendance_holidays, attendance_leaves,
    attendance_kiosks, attendance_sequences TO vultus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance_pins TO vultus_app;
