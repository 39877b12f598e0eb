package org.vultus.access.signin;

import org.vultus.biometrics.liveness.Script;

/**
 * What the person is to do now.
 *
 * @param step its place in the script, from 0
 * @param of how many steps the script has
 * @param remaining milliseconds that are left for it; the whole window while the script has not begun
 * @param begun whether the time runs; before, the face is waited for
 */
public record Prompt(int step, int of, Script.Step what, long remaining, boolean begun) {}
