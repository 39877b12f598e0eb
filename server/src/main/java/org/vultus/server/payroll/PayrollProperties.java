package org.vultus.server.payroll;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set under {@code vultus.payroll.}
 *
 * @param inpi the program's registration at the INPI, at most 17 digits; empty for none
 * @param developerNumber CNPJ or CPF of whoever answers for the program where it is used; empty for nobody
 * @param developerName their name
 * @param developerEmail their address
 * @param certificate PKCS#12 file of the certificate that signs the AFD, the AEJ and receipts; nothing is signed without it
 * @param certificatePassword of that file
 * @param webhookHosts names of hosts that webhooks may go to although their address is not public, or by plain http; others must be
 *     public and https
 * @param webhookTimeout how long a receiver may take to connect, and to answer
 * @param webhookAttempts how many times an event is sent before it is put aside
 */
@Validated
@ConfigurationProperties("vultus.payroll")
public record PayrollProperties(
        @DefaultValue("") String inpi,
        @DefaultValue("") String developerNumber,
        @DefaultValue("Vultus") @NotNull String developerName,
        @DefaultValue("") String developerEmail,
        @Nullable Path certificate,
        @DefaultValue("") String certificatePassword,
        @DefaultValue List<String> webhookHosts,
        @DefaultValue("10s") Duration webhookTimeout,
        @DefaultValue("12") @Min(1) @Max(50) int webhookAttempts) {

    @Override
    public String toString() {
        return "PayrollProperties";
    }
}
