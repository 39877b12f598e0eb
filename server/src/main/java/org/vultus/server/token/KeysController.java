package org.vultus.server.token;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.Caller;
import org.vultus.store.keys.BadgeDigests;
import org.vultus.store.keys.GallerySecret;
import org.vultus.store.keys.PayrollVault;
import org.vultus.store.keys.SigningKeys;
import org.vultus.store.keys.SiteKeys;
import org.vultus.store.keys.TemplateVault;

/** Rotation of the keys while people sign in. */
@RestController
@Tag(name = "Keys")
final class KeysController {
    private final SiteKeys site;
    private final TemplateVault vault;
    private final GallerySecret gallery;
    private final PayrollVault payroll;
    private final BadgeDigests badges;
    private final SigningKeys signing;
    private final TokenKeys tokens;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final VultusProperties properties;

    KeysController(
            SiteKeys site,
            TemplateVault vault,
            GallerySecret gallery,
            PayrollVault payroll,
            BadgeDigests badges,
            SigningKeys signing,
            TokenKeys tokens,
            JdbcClient jdbc,
            AuditTrail audit,
            UnitOfWork work,
            VultusProperties properties) {
        this.site = site;
        this.vault = vault;
        this.gallery = gallery;
        this.payroll = payroll;
        this.badges = badges;
        this.signing = signing;
        this.tokens = tokens;
        this.jdbc = jdbc;
        this.audit = audit;
        this.work = work;
        this.properties = properties;
    }

    /**
     * @param rewrappedSubjects how many data keys were wrapped anew; absent where nothing was rotated
     * @param oldSiteKeysDisabled whether nothing that an older site key wrapped opens any more; absent where nothing was rotated
     */
    record KeysJson(
            String siteKey,
            @Nullable Integer rewrappedSubjects,
            @Nullable Boolean oldSiteKeysDisabled,
            String signingKey) {}

    @GetMapping("/api/keys")
    @Operation(summary = "The names of the keys in use")
    KeysJson status(Caller caller) {
        caller.requireAdmin();
        return new KeysJson(
                Long.toString(site.primary()),
                null,
                null,
                signing.inUse(SigningKeys.Purpose.TOKEN).getFirst().id());
    }

    @PostMapping("/api/keys/rotate")
    @Operation(summary = "Makes a new site key, wraps every data key with it, and makes new signing keys")
    synchronized KeysJson rotate(Caller caller) {
        caller.requireAdmin();
        site.addKey(jdbc);
        int rewrapped = vault.rewrap();
        gallery.rewrap();
        signing.rewrap();
        payroll.rewrap();
        badges.rewrap();
        List<SigningKeys.Signer> signers = signing.rotate(SigningKeys.Purpose.TOKEN, properties.tokenLife());
        List<SigningKeys.Signer> own = signing.rotate(SigningKeys.Purpose.OWN_TOKEN, properties.tokenLife());
        tokens.replace(
                TokenKeys.named(Stream.concat(own.stream(), signers.stream()).toList()));
        signing.rotate(SigningKeys.Purpose.AUDIT, properties.tokenLife());
        // Last: what an enrolment in this moment wrapped with the old key keeps that key until the next rotation.
        boolean disabled = site.disableOldKeys(jdbc);
        work.run(() -> audit.append(AuditEvent.done(Action.KEYS_ROTATED, caller.actor(), null, null)
                .with("site_key", Long.toString(site.primary()))
                .with("rewrapped_subjects", Integer.toString(rewrapped))
                .with("old_site_keys_disabled", Boolean.toString(disabled))
                .with("signing_key", signers.getFirst().id())));
        return new KeysJson(
                Long.toString(site.primary()),
                rewrapped,
                disabled,
                signers.getFirst().id());
    }
}
