-- What a gallery outside of the process needs: the secret of its transform, the version of it in each department, and how far the
-- index has followed the changes.

CREATE TABLE gallery_secret (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    site_key_id bigint NOT NULL REFERENCES site_keys,
    wrapped     bytea NOT NULL
);
COMMENT ON TABLE gallery_secret IS 'From which the keys of transformed vectors are derived, wrapped by the site key.';

CREATE TABLE gallery_keys (
    collection    text NOT NULL,
    department_id uuid NOT NULL REFERENCES departments,
    version       integer NOT NULL CHECK (version >= 1),
    phase         text NOT NULL CHECK (phase IN ('STEADY', 'COPYING', 'CLEARING')),
    PRIMARY KEY (collection, department_id)
);
COMMENT ON TABLE gallery_keys IS 'The version of each department''s key in an index outside of the process. Without a row it is 1 and steady.';

CREATE TABLE gallery_indexes (
    collection text PRIMARY KEY,
    sequence   bigint NOT NULL
);
COMMENT ON TABLE gallery_indexes IS 'Up to which number of gallery_changes an index outside of the process has followed.';

GRANT SELECT, INSERT, UPDATE ON gallery_secret, gallery_keys TO vultus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON gallery_indexes TO vultus_app;
