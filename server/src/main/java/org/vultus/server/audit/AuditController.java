package org.vultus.server.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.audit.Checkpoint;
import org.vultus.access.subject.Role;
import org.vultus.server.http.Caller;
import org.vultus.store.audit.SqlAuditTrail;
import org.vultus.store.keys.SigningKeys;

/** The audit trail for auditors. Reading it is itself remembered. */
@RestController
@Tag(name = "Audit")
final class AuditController {
    private static final int BATCH = 1000;
    private static final int LONGEST_PAGE = 500;

    private final SqlAuditTrail trail;
    private final SigningKeys keys;
    private final UnitOfWork work;
    private final Clock clock;

    AuditController(SqlAuditTrail trail, SigningKeys keys, UnitOfWork work, Clock clock) {
        this.trail = trail;
        this.keys = keys;
        this.work = work;
        this.clock = clock;
    }

    record EventJson(
            long sequence,
            Instant at,
            Action action,
            @Nullable UUID actor,
            @Nullable String address,
            @Nullable UUID subject,
            @Nullable UUID department,
            boolean accepted,
            SortedMap<String, String> detail,
            String hash) {

        static EventJson of(AuditRecord record) {
            AuditEvent event = record.event();
            return new EventJson(
                    record.sequence(),
                    record.at(),
                    event.action(),
                    event.actor().subject(),
                    event.actor().address(),
                    event.subject(),
                    event.department(),
                    event.accepted(),
                    event.detail(),
                    record.hash());
        }
    }

    /** @param signedUpTo the last record under a signature, with when and with which key; absent before the first */
    record ChainJson(
            long events,
            String hash,
            long signatures,
            @Nullable Long signedUpTo,
            @Nullable Instant signedAt,
            @Nullable String key) {

        static ChainJson of(SqlAuditTrail.Extent extent) {
            Checkpoint signed = extent.signed().orElse(null);
            return new ChainJson(
                    extent.records(),
                    extent.hash(),
                    extent.signatures(),
                    signed == null ? null : signed.sequence(),
                    signed == null ? null : signed.at(),
                    signed == null ? null : signed.key());
        }
    }

    @GetMapping("/api/audit/chain")
    @Operation(summary = "How long the chain is and how far it is signed; ./vultus audit verify checks it")
    ChainJson chain(Caller caller) {
        caller.require(Role.AUDITOR);
        return ChainJson.of(trail.extent());
    }

    @GetMapping("/api/audit")
    @Operation(summary = "Audit events, newest first; go on with before = the last sequence that was seen")
    List<EventJson> search(
            Caller caller,
            @RequestParam Optional<UUID> subject,
            @RequestParam Optional<UUID> person,
            @RequestParam Optional<Action> action,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "100") int limit) {
        caller.require(Role.AUDITOR);
        SqlAuditTrail.Search wish = new SqlAuditTrail.Search(subject, person, action, from, until, before);
        List<EventJson> found = trail.search(wish, Math.clamp(limit, 1, LONGEST_PAGE)).stream()
                .map(EventJson::of)
                .toList();
        UUID about = subject.or(() -> person).orElse(null);
        work.run(() -> trail.append(AuditEvent.done(Action.AUDIT_READ, caller.actor(), about, null)
                .with("events", Integer.toString(found.size()))));
        return found;
    }

    @GetMapping("/api/audit/export")
    @Operation(summary = "The chain as JSON Lines, for ./vultus audit verify; its end is signed first")
    ResponseEntity<StreamingResponseBody> export(
            Caller caller, @RequestParam(name = "from_sequence", defaultValue = "1") long from) {
        caller.require(Role.AUDITOR);
        work.run(() -> trail.append(AuditEvent.done(Action.AUDIT_EXPORTED, caller.actor(), null, null)
                .with("from_sequence", Long.toString(from))));
        long last = trail.sign().map(Checkpoint::sequence).orElse(Long.MAX_VALUE);
        AuditFile.Header header =
                new AuditFile.Header(clock.instant(), new TreeMap<>(keys.published(SigningKeys.Purpose.AUDIT)));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/jsonl"))
                .header("Content-Disposition", "attachment; filename=\"vultus-audit.jsonl\"")
                .body(out -> AuditFile.write(header, entries(from, last), out));
    }

    private Stream<AuditEntry> entries(long from, long last) {
        Iterator<List<AuditEntry>> batches = new Iterator<>() {
            private long next = from;
            private List<AuditRecord> batch = trail.read(next, BATCH);

            @Override
            public boolean hasNext() {
                return !batch.isEmpty() && batch.getFirst().sequence() <= last;
            }

            @Override
            public List<AuditEntry> next() {
                List<AuditEntry> entries = new ArrayList<>();
                long end = Math.min(last, batch.getLast().sequence());
                Iterator<Checkpoint> signatures = trail.checkpoints(next, end).iterator();
                Checkpoint signature = signatures.hasNext() ? signatures.next() : null;
                for (AuditRecord record : batch) {
                    if (record.sequence() > last) {
                        break;
                    }
                    entries.add(new AuditEntry.Event(record));
                    if (signature != null && signature.sequence() == record.sequence()) {
                        entries.add(new AuditEntry.Signed(signature));
                        signature = signatures.hasNext() ? signatures.next() : null;
                    }
                }
                next = end + 1;
                batch = end < last ? trail.read(next, BATCH) : List.of();
                return entries;
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(batches, 0), false)
                .flatMap(List::stream);
    }
}
