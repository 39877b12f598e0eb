-- Erasure, requests of the people concerned, and retention.

-- One who was erased belongs to no department any more.
ALTER TABLE users ALTER COLUMN department_id DROP NOT NULL;
ALTER TABLE users ADD CONSTRAINT users_in_a_department CHECK (department_id IS NOT NULL OR erased_at IS NOT NULL);

-- From when on the template of somebody who left is kept without a purpose.
ALTER TABLE users ADD COLUMN deactivated_at timestamptz;
UPDATE users SET deactivated_at = now() WHERE NOT active;

CREATE FUNCTION remember_deactivation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.active THEN
        NEW.deactivated_at := NULL;
    ELSIF TG_OP = 'INSERT' OR OLD.active THEN
        NEW.deactivated_at := now();
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER users_deactivation BEFORE INSERT OR UPDATE OF active ON users
    FOR EACH ROW EXECUTE FUNCTION remember_deactivation();

CREATE TABLE privacy_requests (
    id          uuid PRIMARY KEY,
    subject_id  uuid NOT NULL REFERENCES users,
    kind        text NOT NULL CHECK (kind IN ('ERASURE', 'OBJECTION')),
    words       text CHECK (length(words) <= 2000),
    asked_at    timestamptz NOT NULL,
    answered_at timestamptz CHECK (answered_at >= asked_at),
    answered_by uuid REFERENCES users,
    answer      text CHECK (length(answer) <= 2000),
    CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
    CHECK ((answered_at IS NULL) = (answer IS NULL))
);
COMMENT ON TABLE privacy_requests IS 'What people asked for that somebody has to decide on (LGPD Art. 18).';
CREATE UNIQUE INDEX privacy_requests_open ON privacy_requests (subject_id, kind) WHERE answered_at IS NULL;
CREATE INDEX privacy_requests_by_subject ON privacy_requests (subject_id, asked_at);

CREATE TABLE erasures (
    subject_id  uuid PRIMARY KEY REFERENCES users,
    erased_at   timestamptz NOT NULL,
    certificate text NOT NULL
);
COMMENT ON TABLE erasures IS 'The signed certificate of each erasure. Names nobody.';

-- The history of templates may be removed with the person it tells of, and in no other way.
CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('vultus.erasing', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
DROP TRIGGER face_template_history_append_only ON face_template_history;
CREATE TRIGGER face_template_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON face_template_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

-- Runs as the owner: the application itself cannot delete any of this. Gives no row for whom there is nothing to erase.
CREATE FUNCTION erase_subject(the_subject uuid, by_whom uuid, at_time timestamptz)
    RETURNS TABLE (data_keys bigint, enrolments bigint, history bigint, sessions bigint, attempts bigint, grants bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    -- Not FOR UPDATE: an enrolment that holds the legal basis needs the person's row for its foreign key.
    PERFORM FROM users WHERE id = the_subject AND erased_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- First, because it waits for an enrolment that is about to be kept.
    UPDATE biometric_consent SET withdrawn_at = greatest(at_time, recorded_at), withdrawn_by = by_whom
        WHERE subject_id = the_subject AND withdrawn_at IS NULL;
    UPDATE biometric_consent SET reason = '(erased)' WHERE subject_id = the_subject AND reason IS NOT NULL;
    DELETE FROM subject_keys WHERE subject_id = the_subject;
    GET DIAGNOSTICS data_keys = ROW_COUNT;
    DELETE FROM face_enrollments WHERE subject_id = the_subject;
    GET DIAGNOSTICS enrolments = ROW_COUNT;
    PERFORM set_config('vultus.erasing', 'on', true);
    DELETE FROM face_template_history WHERE subject_id = the_subject;
    GET DIAGNOSTICS history = ROW_COUNT;
    PERFORM set_config('vultus.erasing', 'off', true);
    DELETE FROM face_auth_sessions WHERE claimed_subject_id = the_subject
        OR id IN (SELECT session_id FROM face_auth_logs WHERE subject_id = the_subject);
    GET DIAGNOSTICS sessions = ROW_COUNT;
    DELETE FROM face_auth_logs WHERE subject_id = the_subject;
    GET DIAGNOSTICS attempts = ROW_COUNT;
    DELETE FROM oauth2_authorization WHERE principal_name = the_subject::text;
    GET DIAGNOSTICS grants = ROW_COUNT;
    DELETE FROM oauth2_authorization_consent WHERE principal_name = the_subject::text;
    -- Punches are kept by labour law; the PIN would still open the way to new ones.
    DELETE FROM attendance_pins WHERE subject_id = the_subject;
    UPDATE privacy_requests SET words = NULL, answered_at = coalesce(answered_at, greatest(at_time, asked_at)),
        answered_by = coalesce(answered_by, by_whom), answer = '(erased)'
        WHERE subject_id = the_subject;
    UPDATE users SET username = 'erased-' || the_subject, display_name = '(erased)', department_id = NULL, roles = '{}',
        active = false, password_hash = NULL, password_must_change = false, erased_at = at_time
        WHERE id = the_subject;
    RETURN NEXT;
END
$$;

-- What is due by time. A day is kept whatever is asked, so that nobody wipes the traces of a moment ago through this. Attempts that
-- an open session wrote after its person was erased go too.
CREATE FUNCTION forget_attempts(before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    due timestamptz := least(before, now() - interval '1 day');
    removed bigint;
BEGIN
    DELETE FROM face_auth_sessions WHERE opened_at < due
        OR claimed_subject_id IN (SELECT id FROM users WHERE erased_at IS NOT NULL)
        OR id IN (SELECT l.session_id FROM face_auth_logs l JOIN users u ON u.id = l.subject_id
                  WHERE u.erased_at IS NOT NULL);
    DELETE FROM face_auth_logs WHERE at < due
        OR subject_id IN (SELECT id FROM users WHERE erased_at IS NOT NULL);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;

REVOKE EXECUTE ON FUNCTION erase_subject(uuid, uuid, timestamptz), forget_attempts(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_subject(uuid, uuid, timestamptz), forget_attempts(timestamptz) TO vultus_app;
GRANT SELECT, INSERT, UPDATE ON privacy_requests TO vultus_app;
GRANT SELECT, INSERT ON erasures TO vultus_app;
CREATE INDEX face_auth_sessions_by_claim ON face_auth_sessions (claimed_subject_id) WHERE claimed_subject_id IS NOT NULL;
CREATE INDEX oauth2_authorization_by_principal ON oauth2_authorization (principal_name);
CREATE INDEX users_erased ON users (id) WHERE erased_at IS NOT NULL;
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, sequence) WHERE actor_id IS NOT NULL;

-- An old site key is given up only when nothing is wrapped with it, not even by a transaction that has not ended.
ALTER TABLE subject_keys ADD FOREIGN KEY (site_key_id) REFERENCES site_keys;
