package org.vultus.access.consent;

/** On what ground a face, which is sensitive personal data, is processed (LGPD, Lei 13.709/2018, Art. 11). */
public enum LegalBasis {
    /** Art. 11, I: specific and highlighted consent of the person. */
    CONSENT,
    /** Art. 11, II, a: a legal or regulatory duty of the controller. */
    LEGAL_OBLIGATION,
    /** Art. 11, II, e: protection of life or physical safety. */
    PROTECTION_OF_LIFE,
    /** Art. 11, II, f: protection of health, by health professionals or services. */
    HEALTH_PROTECTION,
    /** Art. 11, II, g: prevention of fraud and security of the person in identification and authentication. */
    FRAUD_PREVENTION_AND_SECURITY;

    /** Every basis but consent has to say why it applies. */
    public boolean needsReason() {
        return this != CONSENT;
    }
}
