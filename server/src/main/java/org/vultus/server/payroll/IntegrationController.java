package org.vultus.server.payroll;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Role;
import org.vultus.server.attendance.Sheets;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;
import org.vultus.store.integration.AttendanceEvent;
import org.vultus.store.integration.SqlEvents;
import org.vultus.store.integration.SqlWebhooks;

/** How HR systems learn what happened: they pull events, or are told by webhook. */
@RestController
@Tag(name = "Integration")
final class IntegrationController {
    private static final Set<String> TYPES = new TreeSet<>(Set.of(
            "punch.recorded",
            "punch.corrected",
            "timesheet.approved",
            "person.created",
            "person.changed",
            "person.erased"));
    private static final int MOST_WEBHOOKS = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SqlEvents events;
    private final SqlWebhooks webhooks;
    private final PayrollProperties properties;
    private final Sheets sheets;
    private final AuditTrail audit;
    private final UnitOfWork work;

    IntegrationController(
            SqlEvents events,
            SqlWebhooks webhooks,
            PayrollProperties properties,
            Sheets sheets,
            AuditTrail audit,
            UnitOfWork work) {
        this.events = events;
        this.webhooks = webhooks;
        this.properties = properties;
        this.sheets = sheets;
        this.audit = audit;
        this.work = work;
    }

    /** @param next give it as {@code after} the next time, also when there was nothing; say nothing of what it is made of */
    record EventPage(List<EventJson> items, String next) {}

    /** @param types absent for all */
    @Schema(example = """
            {"url": "https://hr.example.com/vultus", "types": ["punch.recorded", "timesheet.approved"]}""")
    record NewWebhook(String url, @Nullable Set<String> types) {}

    /** @param secret shown this once */
    record WebhookJson(
            UUID id,
            String url,
            Set<String> types,
            Instant registeredAt,
            @Nullable String secret) {
        static WebhookJson of(SqlWebhooks.Webhook webhook, @Nullable String secret) {
            return new WebhookJson(webhook.id(), webhook.url(), webhook.types(), webhook.registeredAt(), secret);
        }
    }

    /** @param deliveries absent for all that were given up */
    @Schema(example = """
            {"deliveries": ["6f1c9a52-7f0e-4d3b-9f55-0a0c1d2e3f40"]}""")
    record Replay(@Nullable List<UUID> deliveries) {}

    record Replayed(int deliveries) {}

    @GetMapping("/api/attendance/events")
    @Operation(summary = "What happened since a cursor, in an order that never changes; without one from the beginning")
    EventPage pull(Caller caller, @RequestParam Optional<String> after, @RequestParam(defaultValue = "100") int limit) {
        caller.require(Role.AUDITOR, Role.DEPARTMENT_MANAGER);
        if (limit < 1 || limit > 500) {
            throw new Problem(ProblemType.BAD_REQUEST, "limit is 1 to 500.");
        }
        long from = after.filter(text -> !text.isEmpty())
                .map(IntegrationController::number)
                .orElse(0L);
        List<AttendanceEvent> found = events.after(from, limit, caller.scope());
        long next = found.isEmpty() ? from : found.getLast().sequence();
        return new EventPage(found.stream().map(EventJson::of).toList(), cursor(next));
    }

    private static String cursor(long sequence) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(9).put((byte) 1).putLong(sequence).array());
    }

    private static long number(String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == 9 && bytes.get() == 1) {
                return bytes.getLong();
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.BAD_REQUEST, "That is no cursor of this API.", e);
        }
        throw new Problem(ProblemType.BAD_REQUEST, "That is no cursor of this API.");
    }

    @GetMapping("/api/attendance/webhooks")
    @Operation(summary = "The webhooks in use")
    List<WebhookJson> list(Caller caller) {
        caller.requireAdmin();
        return webhooks.inUse().stream().map(one -> WebhookJson.of(one, null)).toList();
    }

    @PostMapping("/api/attendance/webhooks")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Registers an address that is told of events from now on; its secret is shown this once")
    WebhookJson register(Caller caller, @RequestBody NewWebhook wish) {
        caller.requireAdmin();
        WebhookTarget.requireWellFormed(wish.url(), properties.webhookHosts());
        Set<String> types = wish.types() == null || wish.types().isEmpty() ? TYPES : new TreeSet<>(wish.types());
        if (!TYPES.containsAll(types)) {
            throw new Problem(ProblemType.BAD_REQUEST, "The types are " + String.join(", ", TYPES) + ".");
        }
        if (webhooks.inUse().size() >= MOST_WEBHOOKS) {
            throw new Problem(ProblemType.NOT_COMPLETE, "There are %d already; remove one.".formatted(MOST_WEBHOOKS));
        }
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String secret = WebhookSender.SECRET_PREFIX + Base64.getEncoder().encodeToString(random);
        SqlWebhooks.Webhook webhook = new SqlWebhooks.Webhook(UUID.randomUUID(), wish.url(), types, sheets.now(), null);
        work.run(() -> {
            webhooks.add(webhook, secret, caller.subject().id());
            audit.append(AuditEvent.done(Action.WEBHOOK_REGISTERED, caller.actor(), null, null)
                    .with("webhook", webhook.id().toString())
                    .with("types", types.toString()));
        });
        return WebhookJson.of(webhook, secret);
    }

    @DeleteMapping("/api/attendance/webhooks/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Tells a webhook nothing any more, also not what waits for it")
    void remove(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        boolean removed = work.call(() -> {
            if (!webhooks.remove(id, sheets.now())) {
                return false;
            }
            audit.append(AuditEvent.done(Action.WEBHOOK_REMOVED, caller.actor(), null, null)
                    .with("webhook", id.toString()));
            return true;
        });
        if (!removed) {
            throw Problem.notFound("That webhook");
        }
    }

    @GetMapping("/api/attendance/webhooks/{id}/deliveries")
    @Operation(summary = "What a webhook was told, latest first; state=DEAD for what was given up")
    List<SqlWebhooks.Delivery> deliveries(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam Optional<SqlWebhooks.State> state,
            @RequestParam(defaultValue = "100") int limit) {
        caller.requireAdmin();
        if (limit < 1 || limit > 500) {
            throw new Problem(ProblemType.BAD_REQUEST, "limit is 1 to 500.");
        }
        return webhooks.deliveries(id, state, limit);
    }

    @PostMapping("/api/attendance/webhooks/{id}/replay")
    @Operation(summary = "Sends again what was given up, or the deliveries that are named")
    Replayed replay(Caller caller, @PathVariable UUID id, @RequestBody Replay wish) {
        caller.requireAdmin();
        return work.call(() -> {
            int count =
                    webhooks.replay(id, Optional.ofNullable(wish.deliveries()).orElse(List.of()), sheets.now());
            audit.append(AuditEvent.done(Action.WEBHOOK_REPLAYED, caller.actor(), null, null)
                    .with("webhook", id.toString())
                    .with("deliveries", Integer.toString(count)));
            return new Replayed(count);
        });
    }
}
