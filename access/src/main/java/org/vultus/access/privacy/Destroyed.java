package org.vultus.access.privacy;

/**
 * What an erasure removed, counted.
 *
 * @param dataKeys keys that the person's templates were encrypted with; without them no copy of a template can be read
 * @param enrolments references, in force or ended
 * @param history entries of the history of references
 * @param sessions face sessions that claimed the person or were decided for them
 * @param attempts entries of the log of attempts to sign in
 * @param grants sign-ins to applications, with their tokens
 * @param pictures of punches, kept as proof of presence
 */
public record Destroyed(
        long dataKeys, long enrolments, long history, long sessions, long attempts, long grants, long pictures) {}
