package org.vultus.access.privacy;

/** Signs certificates with a key of the site. */
public interface CertificateSigner {

    /** The certificate as a compact JWS (RFC 7515). */
    String sign(ErasureCertificate certificate);
}
