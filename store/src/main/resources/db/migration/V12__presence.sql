-- Proof of presence, badges, the end of old records of time.

ALTER TABLE departments
    ADD COLUMN presence_proof boolean NOT NULL DEFAULT false,
    ADD COLUMN presence_proof_days integer NOT NULL DEFAULT 30 CHECK (presence_proof_days BETWEEN 1 AND 365);

-- What a basis is for. A picture of a punch is kept on consent alone.
ALTER TABLE biometric_consent
    ADD COLUMN purpose text NOT NULL DEFAULT 'RECOGNITION' CHECK (purpose IN ('RECOGNITION', 'PROOF_OF_PRESENCE')),
    ADD CHECK (purpose = 'RECOGNITION' OR basis = 'CONSENT');
DROP INDEX biometric_consent_in_force;
CREATE UNIQUE INDEX biometric_consent_in_force ON biometric_consent (subject_id, purpose) WHERE withdrawn_at IS NULL;

-- A picture goes when its person's key goes: with the end of the reference, and with erasure.
CREATE TABLE attendance_proofs (
    event_id      uuid PRIMARY KEY REFERENCES attendance_punches ON DELETE CASCADE,
    subject_id    uuid NOT NULL REFERENCES subject_keys ON DELETE CASCADE,
    department_id uuid NOT NULL REFERENCES departments,
    taken_at      timestamptz NOT NULL,
    sealed        bytea NOT NULL CHECK (length(sealed) <= 100000)
);
COMMENT ON TABLE attendance_proofs IS 'Small pictures of punches, sealed with their person''s data key, where department and person allow it.';
CREATE INDEX attendance_proofs_by_subject ON attendance_proofs (subject_id);
CREATE INDEX attendance_proofs_by_time ON attendance_proofs (department_id, taken_at);
ALTER TABLE attendance_proofs SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0,
    toast.autovacuum_vacuum_threshold = 0, toast.autovacuum_vacuum_scale_factor = 0);
GRANT SELECT, INSERT, DELETE ON attendance_proofs TO vultus_app;

-- Badges are looked up by a keyed digest: whoever has the table alone learns no number from it.
ALTER TABLE data_keys DROP CONSTRAINT data_keys_purpose_check;
ALTER TABLE data_keys ADD CONSTRAINT data_keys_purpose_check CHECK (purpose IN ('PAYROLL', 'BADGES'));
COMMENT ON TABLE data_keys IS 'Data keys under the site key: PAYROLL seals CPFs, the records of the AFD and secrets of webhooks, BADGES makes digests of badges.';
CREATE TABLE attendance_badges (
    subject_id uuid PRIMARY KEY REFERENCES users,
    digest     bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
    changed_at timestamptz NOT NULL
);
COMMENT ON TABLE attendance_badges IS 'HMAC-SHA-256 of the numbers of badges.';
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance_badges TO vultus_app;

CREATE OR REPLACE FUNCTION forget_payroll() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM attendance_tax_numbers WHERE subject_id = NEW.id;
    DELETE FROM roster_calendars WHERE subject_id = NEW.id;
    DELETE FROM attendance_badges WHERE subject_id = NEW.id;
    RETURN NULL;
END
$$;

-- Record 6 of the AFD: from when to when punches could be taken.
ALTER TABLE attendance_afd DROP CONSTRAINT attendance_afd_type_check;
ALTER TABLE attendance_afd ADD CONSTRAINT attendance_afd_type_check CHECK (type IN (2, 5, 6, 7));
ALTER TABLE attendance_afd DROP CONSTRAINT attendance_afd_check1;
ALTER TABLE attendance_afd ADD CONSTRAINT attendance_afd_of_a_person CHECK ((type IN (2, 6)) = (subject_id IS NULL));

-- Records of time may be removed when they are old, and in no other way.
CREATE FUNCTION refuse_change_of_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('vultus.forgetting_time', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['attendance_punches', 'attendance_voidings', 'attendance_overtime',
                                'attendance_closings', 'attendance_afd'] LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', name || '_append_only', name);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I'
                       ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_time()', name || '_append_only', name);
    END LOOP;
END
$$;

-- A year is kept whatever is asked. Of the AFD the marks go; what names employers and people stays, since later marks need it.
CREATE FUNCTION forget_time(before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    due timestamptz := least(before, now() - interval '365 days');
    removed bigint;
BEGIN
    PERFORM set_config('vultus.forgetting_time', 'on', true);
    DELETE FROM attendance_voidings WHERE event_id IN (SELECT event_id FROM attendance_punches WHERE at < due);
    DELETE FROM attendance_afd WHERE event_id IN (SELECT event_id FROM attendance_punches WHERE at < due);
    DELETE FROM attendance_punches WHERE at < due;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM attendance_overtime WHERE day < due::date;
    DELETE FROM attendance_closings WHERE to_day < due::date;
    DELETE FROM attendance_leaves WHERE to_day < due::date;
    PERFORM set_config('vultus.forgetting_time', 'off', true);
    RETURN removed;
END
$$;
REVOKE EXECUTE ON FUNCTION forget_time(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_time(timestamptz) TO vultus_app;
CREATE INDEX attendance_punches_by_time ON attendance_punches (at);
