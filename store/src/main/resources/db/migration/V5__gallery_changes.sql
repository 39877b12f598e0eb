-- Who must be looked at again by every server that holds references in memory. One row for each person at most, with the number of
-- the latest change; a server that has seen everything up to a number asks for what is above it.
CREATE TABLE gallery_changes (
    subject_id uuid PRIMARY KEY REFERENCES users,
    sequence   bigint NOT NULL UNIQUE
);
COMMENT ON TABLE gallery_changes IS 'The latest change of each person that matters to galleries in memory. Holds no template.';

CREATE TABLE gallery_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint NOT NULL
);
COMMENT ON TABLE gallery_head IS 'The number of the latest change; whoever commits one holds this row until then, so that numbers appear in their order.';
INSERT INTO gallery_head (sequence) VALUES (0);

CREATE FUNCTION record_gallery_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    subject uuid;
    next    bigint;
BEGIN
    IF TG_TABLE_NAME = 'users' THEN
        subject := NEW.id;
    ELSE
        subject := NEW.subject_id;
    END IF;
    UPDATE gallery_head SET sequence = sequence + 1 RETURNING sequence INTO next;
    INSERT INTO gallery_changes (subject_id, sequence) VALUES (subject, next)
        ON CONFLICT (subject_id) DO UPDATE SET sequence = excluded.sequence;
    PERFORM pg_notify('vultus_gallery', next::text);
    RETURN NULL;
END
$$;

-- At the end of the transaction, when it already holds every other lock it will ever hold: nobody waits for it in a circle.
CREATE CONSTRAINT TRIGGER face_enrollments_gallery AFTER INSERT OR UPDATE ON face_enrollments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record_gallery_change();
CREATE CONSTRAINT TRIGGER biometric_consent_gallery AFTER INSERT OR UPDATE ON biometric_consent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record_gallery_change();
CREATE CONSTRAINT TRIGGER users_gallery AFTER UPDATE OF active, department_id, erased_at ON users
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record_gallery_change();

GRANT SELECT ON gallery_changes, gallery_head TO vultus_app;
