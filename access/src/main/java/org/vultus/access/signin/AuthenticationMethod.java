package org.vultus.access.signin;

/** How somebody proved who they are, by its name in the {@code amr} claim (RFC 8176). */
public enum AuthenticationMethod {
    FACE("face"),
    PASSWORD("pwd");

    private final String amr;

    AuthenticationMethod(String amr) {
        this.amr = amr;
    }

    public String amr() {
        return amr;
    }
}
