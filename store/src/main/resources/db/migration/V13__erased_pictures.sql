-- Erasure counts the pictures of punches that it removes; otherwise as before.
DROP FUNCTION erase_subject(uuid, uuid, timestamptz);

-- Runs as the owner: the application itself cannot delete any of this. Gives no row for whom there is nothing to erase.
CREATE FUNCTION erase_subject(the_subject uuid, by_whom uuid, at_time timestamptz)
    RETURNS TABLE (data_keys bigint, enrolments bigint, history bigint, sessions bigint, attempts bigint, grants bigint,
                   pictures bigint)
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
    -- They would go with the key, but uncounted.
    DELETE FROM attendance_proofs WHERE subject_id = the_subject;
    GET DIAGNOSTICS pictures = ROW_COUNT;
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

REVOKE EXECUTE ON FUNCTION erase_subject(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_subject(uuid, uuid, timestamptz) TO vultus_app;
