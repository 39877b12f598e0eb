-- The tables of Vultus. Once released this file is never changed; later changes are further files.
--
-- Two roles: the one that migrates owns everything; the application's connections switch to vultus_app (SET ROLE), which cannot
-- change or remove what is to be remembered. Names of columns follow the domain; times are timestamptz; identifiers are random.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vultus_app') THEN
        CREATE ROLE vultus_app NOLOGIN;
    END IF;
    EXECUTE format('GRANT vultus_app TO %I', current_user);
EXCEPTION
    -- Another migration on the same server made it in this moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

CREATE TABLE departments (
    id               uuid PRIMARY KEY,
    code             text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    active           boolean NOT NULL DEFAULT true,
    liveness         text NOT NULL DEFAULT 'PASSIVE' CHECK (liveness IN ('PASSIVE', 'ACTIVE', 'STRICT')),
    identification   boolean NOT NULL DEFAULT false,
    verification_fmr double precision NOT NULL DEFAULT 0.0001 CHECK (verification_fmr > 0 AND verification_fmr <= 0.001),
    fpir_bound       double precision NOT NULL DEFAULT 0.001 CHECK (fpir_bound > 0 AND fpir_bound <= 0.05),
    created_at       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE departments IS 'Parts of the site whose people are kept apart.';

CREATE TABLE users (
    id                   uuid PRIMARY KEY,
    username             text NOT NULL UNIQUE CHECK (username = lower(username) AND length(username) BETWEEN 1 AND 100),
    display_name         text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
    department_id        uuid NOT NULL REFERENCES departments,
    roles                text[] NOT NULL
        CHECK (roles <@ ARRAY['ADMIN', 'ENROLMENT_OFFICER', 'AUDITOR', 'DEPARTMENT_MANAGER', 'STAFF']),
    active               boolean NOT NULL DEFAULT true,
    password_hash        text,
    password_must_change boolean NOT NULL DEFAULT false,
    created_at           timestamptz NOT NULL DEFAULT now(),
    erased_at            timestamptz
);
COMMENT ON TABLE users IS 'People. One who was erased keeps the identifier that the audit trail names, and nothing else.';
CREATE INDEX users_by_department ON users (department_id, lower(display_name));

CREATE TABLE biometric_consent (
    id             uuid PRIMARY KEY,
    subject_id     uuid NOT NULL REFERENCES users,
    basis          text NOT NULL CHECK (basis IN ('CONSENT', 'LEGAL_OBLIGATION', 'PROTECTION_OF_LIFE',
                                                  'HEALTH_PROTECTION', 'FRAUD_PREVENTION_AND_SECURITY')),
    reason         text CHECK (basis = 'CONSENT' OR length(reason) > 0),
    notice_version text NOT NULL,
    recorded_by    uuid NOT NULL REFERENCES users,
    recorded_at    timestamptz NOT NULL,
    withdrawn_at   timestamptz CHECK (withdrawn_at >= recorded_at),
    withdrawn_by   uuid REFERENCES users,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
COMMENT ON TABLE biometric_consent IS 'On what legal basis a face may be used (LGPD Art. 11), and when that ended.';
CREATE UNIQUE INDEX biometric_consent_in_force ON biometric_consent (subject_id) WHERE withdrawn_at IS NULL;
CREATE INDEX biometric_consent_history ON biometric_consent (subject_id, recorded_at);

CREATE TABLE site_keys (
    id         bigint PRIMARY KEY,
    check_text bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE site_keys IS 'A known text under each key of the site keyset: shows whether the keyset file is the right one. Holds no key.';

CREATE TABLE subject_keys (
    subject_id  uuid PRIMARY KEY REFERENCES users,
    site_key_id bigint NOT NULL,
    wrapped_key bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE subject_keys IS 'Each person''s data key, under the site key. Deleting the row makes their templates unreadable, in backups too once the backup''s site key is retired.';
CREATE INDEX subject_keys_by_site_key ON subject_keys (site_key_id);

CREATE TABLE signing_keys (
    id          text PRIMARY KEY,
    purpose     text NOT NULL CHECK (purpose IN ('TOKEN', 'AUDIT')),
    public_key  bytea NOT NULL,
    private_key bytea,
    site_key_id bigint NOT NULL,
    created_at  timestamptz NOT NULL,
    retired_at  timestamptz
);
COMMENT ON TABLE signing_keys IS 'Key pairs that sign tokens and audit checkpoints; the private half under the site key, absent once it is not needed.';
CREATE INDEX signing_keys_by_purpose ON signing_keys (purpose, created_at DESC);

CREATE TABLE face_enrollments (
    id               uuid PRIMARY KEY,
    subject_id       uuid NOT NULL REFERENCES users,
    department_id    uuid NOT NULL REFERENCES departments,
    extractor_sha256 text NOT NULL CHECK (extractor_sha256 ~ '^[0-9a-f]{64}$'),
    format           smallint NOT NULL,
    template         bytea,
    quality          smallint NOT NULL CHECK (quality BETWEEN 0 AND 100),
    images_used      smallint NOT NULL CHECK (images_used > 0),
    status           text NOT NULL CHECK (status IN ('ACTIVE', 'SUPERSEDED', 'REVOKED')),
    enrolled_by      uuid NOT NULL REFERENCES users,
    enrolled_at      timestamptz NOT NULL,
    ended_at         timestamptz,
    CHECK ((status = 'ACTIVE') = (template IS NOT NULL)),
    CHECK ((status = 'ACTIVE') = (ended_at IS NULL))
);
COMMENT ON TABLE face_enrollments IS 'References: the template encrypted while it is in force, and gone when it is not.';
CREATE UNIQUE INDEX face_enrollments_active ON face_enrollments (subject_id) WHERE status = 'ACTIVE';
CREATE INDEX face_enrollments_by_subject ON face_enrollments (subject_id, enrolled_at);

CREATE TABLE face_template_history (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at               timestamptz NOT NULL DEFAULT clock_timestamp(),
    operation        text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')),
    enrolment_id     uuid NOT NULL,
    subject_id       uuid NOT NULL,
    extractor_sha256 text NOT NULL,
    status_before    text,
    status_after     text,
    template_changed boolean NOT NULL
);
COMMENT ON TABLE face_template_history IS 'Every change of a reference, written by a trigger. Holds no template.';
CREATE INDEX face_template_history_by_subject ON face_template_history (subject_id, id);

CREATE FUNCTION record_template_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO face_template_history
        (operation, enrolment_id, subject_id, extractor_sha256, status_before, status_after, template_changed)
    VALUES (TG_OP,
            coalesce(NEW.id, OLD.id),
            coalesce(NEW.subject_id, OLD.subject_id),
            coalesce(NEW.extractor_sha256, OLD.extractor_sha256),
            OLD.status,
            NEW.status,
            OLD.template IS DISTINCT FROM NEW.template);
    RETURN NULL;
END
$$;
CREATE TRIGGER face_enrollments_history AFTER INSERT OR UPDATE OR DELETE ON face_enrollments
    FOR EACH ROW EXECUTE FUNCTION record_template_change();

CREATE TABLE face_auth_sessions (
    id                 uuid PRIMARY KEY,
    department_id      uuid NOT NULL REFERENCES departments,
    claimed_subject_id uuid REFERENCES users,
    mode               text NOT NULL CHECK (mode IN ('VERIFY', 'IDENTIFY')),
    policy             text NOT NULL CHECK (policy IN ('PASSIVE', 'ACTIVE', 'STRICT')),
    device             text,
    address            inet,
    opened_at          timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL CHECK (expires_at > opened_at),
    closed_at          timestamptz,
    outcome            text,
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
COMMENT ON TABLE face_auth_sessions IS 'Each attempt to sign in by face.';
CREATE INDEX face_auth_sessions_by_time ON face_auth_sessions (opened_at);

CREATE TABLE face_auth_logs (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    session_id    uuid,
    department_id uuid,
    subject_id    uuid,
    method        text NOT NULL CHECK (method IN ('FACE', 'PASSWORD')),
    accepted      boolean NOT NULL,
    reason        text NOT NULL,
    score         double precision,
    threshold     double precision,
    liveness      double precision,
    frames        integer NOT NULL,
    duration_ms   integer NOT NULL,
    address       inet,
    device        text
);
COMMENT ON TABLE face_auth_logs IS 'What decided each attempt. Scores stay here.';
CREATE INDEX face_auth_logs_by_time ON face_auth_logs (at);
CREATE INDEX face_auth_logs_by_subject ON face_auth_logs (subject_id, at) WHERE subject_id IS NOT NULL;

CREATE TABLE lockouts (
    key          text PRIMARY KEY,
    failures     integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    locked_until timestamptz,
    changed_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE lockouts IS 'Failures in a row. Names are hashed.';

-- Bucket4j keeps its buckets here.
CREATE TABLE rate_limits (
    id    text PRIMARY KEY,
    state bytea
);

CREATE TABLE audit_events (
    sequence      bigint PRIMARY KEY CHECK (sequence > 0),
    at            timestamptz NOT NULL,
    action        text NOT NULL,
    actor_id      uuid,
    actor_address text,
    actor_device  text,
    subject_id    uuid,
    department_id uuid,
    accepted      boolean NOT NULL,
    detail        jsonb NOT NULL,
    previous      text NOT NULL CHECK (previous ~ '^[0-9a-f]{64}$'),
    hash          text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$')
);
COMMENT ON TABLE audit_events IS 'The audit trail: a chain of hashes that nobody may rewrite.';
CREATE INDEX audit_events_by_time ON audit_events (at);
CREATE INDEX audit_events_by_subject ON audit_events (subject_id, sequence) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_events_by_action ON audit_events (action, sequence);

CREATE TABLE audit_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint NOT NULL,
    hash     text NOT NULL
);
COMMENT ON TABLE audit_head IS 'The end of the chain; whoever appends holds this row until the end of the transaction.';
INSERT INTO audit_head (sequence, hash) VALUES (0, repeat('0', 64));

CREATE TABLE audit_checkpoints (
    sequence  bigint PRIMARY KEY REFERENCES audit_events,
    hash      text NOT NULL,
    at        timestamptz NOT NULL,
    key_id    text NOT NULL REFERENCES signing_keys,
    signature text NOT NULL
);
COMMENT ON TABLE audit_checkpoints IS 'Signatures over the chain.';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER face_template_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON face_template_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- As Spring Authorization Server 7.1 wants them.
CREATE TABLE oauth2_registered_client (
    id                            varchar(100) PRIMARY KEY,
    client_id                     varchar(100) NOT NULL UNIQUE,
    client_id_issued_at           timestamptz NOT NULL DEFAULT now(),
    client_secret                 varchar(200),
    client_secret_expires_at      timestamptz,
    client_name                   varchar(200) NOT NULL,
    client_authentication_methods varchar(1000) NOT NULL,
    authorization_grant_types     varchar(1000) NOT NULL,
    redirect_uris                 varchar(1000),
    post_logout_redirect_uris     varchar(1000),
    scopes                        varchar(1000) NOT NULL,
    client_settings               varchar(2000) NOT NULL,
    token_settings                varchar(2000) NOT NULL
);
CREATE TABLE oauth2_authorization_consent (
    registered_client_id varchar(100) NOT NULL,
    principal_name       varchar(200) NOT NULL,
    authorities          varchar(1000) NOT NULL,
    PRIMARY KEY (registered_client_id, principal_name)
);
CREATE TABLE oauth2_authorization (
    id                            varchar(100) PRIMARY KEY,
    registered_client_id          varchar(100) NOT NULL,
    principal_name                varchar(200) NOT NULL,
    authorization_grant_type      varchar(100) NOT NULL,
    authorized_scopes             varchar(1000),
    attributes                    text,
    state                         varchar(500),
    authorization_code_value      text,
    authorization_code_issued_at  timestamptz,
    authorization_code_expires_at timestamptz,
    authorization_code_metadata   text,
    access_token_value            text,
    access_token_issued_at        timestamptz,
    access_token_expires_at       timestamptz,
    access_token_metadata         text,
    access_token_type             varchar(100),
    access_token_scopes           varchar(1000),
    oidc_id_token_value           text,
    oidc_id_token_issued_at       timestamptz,
    oidc_id_token_expires_at      timestamptz,
    oidc_id_token_metadata        text,
    refresh_token_value           text,
    refresh_token_issued_at       timestamptz,
    refresh_token_expires_at      timestamptz,
    refresh_token_metadata        text,
    user_code_value               text,
    user_code_issued_at           timestamptz,
    user_code_expires_at          timestamptz,
    user_code_metadata            text,
    device_code_value             text,
    device_code_issued_at         timestamptz,
    device_code_expires_at        timestamptz,
    device_code_metadata          text
);
CREATE INDEX oauth2_authorization_by_state ON oauth2_authorization USING hash (state);
CREATE INDEX oauth2_authorization_by_code ON oauth2_authorization USING hash (authorization_code_value);
CREATE INDEX oauth2_authorization_by_refresh ON oauth2_authorization USING hash (refresh_token_value);
CREATE INDEX oauth2_authorization_by_access ON oauth2_authorization USING hash (access_token_value);

-- What the application may do: nothing that would unsay what was said.
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO vultus_app', current_schema());
END
$$;
GRANT SELECT, INSERT, UPDATE ON departments, users, biometric_consent, face_enrollments, face_auth_sessions TO vultus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON site_keys, subject_keys, signing_keys, lockouts, rate_limits TO vultus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON oauth2_registered_client, oauth2_authorization, oauth2_authorization_consent
    TO vultus_app;
GRANT SELECT, INSERT ON audit_events, audit_checkpoints, face_auth_logs TO vultus_app;
GRANT SELECT ON face_template_history TO vultus_app;
GRANT SELECT, UPDATE ON audit_head TO vultus_app;
