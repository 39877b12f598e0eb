-- Buckets that nobody uses any more can be removed (Bucket4j, expirationAfterWrite).
ALTER TABLE rate_limits ADD COLUMN expires_at bigint;
CREATE INDEX rate_limits_by_expiry ON rate_limits (expires_at);

-- A destroyed key must not stay behind in a dead row.
ALTER TABLE subject_keys SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

-- Expired sessions and authorizations are removed by time.
CREATE INDEX oauth2_authorization_by_access_expiry ON oauth2_authorization (access_token_expires_at);
CREATE INDEX lockouts_by_change ON lockouts (changed_at);
