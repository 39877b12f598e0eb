-- Tokens for Vultus itself have key pairs of their own (docs/adr/0015-rs256-tokens.md).
ALTER TABLE signing_keys DROP CONSTRAINT signing_keys_purpose_check;
ALTER TABLE signing_keys ADD CONSTRAINT signing_keys_purpose_check CHECK (purpose IN ('TOKEN', 'OWN_TOKEN', 'AUDIT'));
