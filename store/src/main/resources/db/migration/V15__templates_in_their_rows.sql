-- A template of some 2 KB stays in its row: kept apart it is looked up in an index for each reference at a start of the server.
-- Rows that are there already stay as they are until they are written again, or all at once by VACUUM FULL face_enrollments.
ALTER TABLE face_enrollments SET (toast_tuple_target = 4096);
