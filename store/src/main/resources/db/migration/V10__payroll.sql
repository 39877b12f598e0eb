-- What Portaria MTP 671/2021 asks for: employers, CPFs, and the records of the AFD.

-- Keys of data that the site reads as a whole. A row names the site key that wraps it, so that one in use is not disabled.
CREATE TABLE data_keys (
    purpose     text PRIMARY KEY CHECK (purpose IN ('PAYROLL')),
    site_key_id bigint NOT NULL REFERENCES site_keys,
    wrapped_key bytea NOT NULL
);
COMMENT ON TABLE data_keys IS 'Data keys under the site key: PAYROLL seals CPFs, the records of the AFD and secrets of webhooks.';

CREATE TABLE attendance_employers (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site        text NOT NULL CHECK (length(site) BETWEEN 1 AND 100),
    sealed      bytea NOT NULL,
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_employers IS 'Who employs the people of a site, sealed: an employer may be a person. The last holds. Append-only.';
CREATE INDEX attendance_employers_by_site ON attendance_employers (site, id);

CREATE TABLE attendance_tax_numbers (
    subject_id  uuid PRIMARY KEY REFERENCES users,
    sealed      bytea NOT NULL,
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_tax_numbers IS 'CPFs, sealed.';

CREATE TABLE attendance_afd (
    site        text NOT NULL,
    nsr         bigint NOT NULL CHECK (nsr > 0),
    type        smallint NOT NULL CHECK (type IN (2, 5, 7)),
    subject_id  uuid REFERENCES users,
    event_id    uuid UNIQUE REFERENCES attendance_punches,
    employer_id bigint NOT NULL REFERENCES attendance_employers,
    recorded_at timestamptz NOT NULL,
    sealed      bytea NOT NULL,
    PRIMARY KEY (site, nsr),
    CHECK ((type = 7) = (event_id IS NOT NULL)),
    CHECK ((type = 2) = (subject_id IS NULL))
);
COMMENT ON TABLE attendance_afd IS 'The records of each site''s AFD as they were written, sealed, for they hold CPFs. Append-only; kept as labour law wants.';
CREATE INDEX attendance_afd_by_type ON attendance_afd (site, type, nsr);
CREATE INDEX attendance_afd_by_subject ON attendance_afd (subject_id, site, nsr) WHERE type = 5;

CREATE TRIGGER attendance_employers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance_employers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_afd_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance_afd
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person's erasure takes what no law keeps; the records of the AFD stay.
CREATE FUNCTION forget_payroll() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM attendance_tax_numbers WHERE subject_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER users_forget_payroll AFTER UPDATE OF erased_at ON users
    FOR EACH ROW WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION forget_payroll();

GRANT SELECT, INSERT, UPDATE ON data_keys TO vultus_app;
GRANT SELECT, INSERT ON attendance_employers, attendance_afd TO vultus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance_tax_numbers TO vultus_app;
