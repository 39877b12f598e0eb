-- What a kiosk signs with: punches that waited for the server are taken from this device alone.
ALTER TABLE attendance_kiosks ADD COLUMN signing_key bytea CHECK (length(signing_key) BETWEEN 1 AND 200);
COMMENT ON COLUMN attendance_kiosks.signing_key IS 'SubjectPublicKeyInfo of a key on P-256; null until the device gives one.';
