package org.vultus.server.attendance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.enrol.Register;
import org.vultus.access.presence.PinRecognition;
import org.vultus.access.presence.Pins;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.roster.Rosters;
import org.vultus.server.http.Caller;

/** One's own time and PIN, under {@code /api/me}, so that the browser's session is enough. */
@RestController
@Tag(name = "Me")
final class MyTimeController {
    private final Sheets sheets;
    private final Rosters rosters;
    private final Pins pins;
    private final PinRecognition recognition;
    private final Pictures pictures;

    MyTimeController(
            Records records,
            Rosters rosters,
            Subjects subjects,
            Register register,
            Departments departments,
            Kiosks kiosks,
            Pins pins,
            PinRecognition recognition,
            ProofOfPresence proofs,
            Clock clock) {
        this.sheets = new Sheets(records, subjects, register, departments, kiosks, clock);
        this.rosters = rosters;
        this.pins = pins;
        this.recognition = recognition;
        this.pictures = new Pictures(proofs);
    }

    /** @param chosen whether there is a PIN; it cannot be read, only replaced */
    record PinStateJson(boolean chosen) {}

    @Schema(example = """
            {"pin": "271828"}""")
    record MyPinJson(String pin) {}

    @GetMapping("/api/me/timesheet")
    @Operation(summary = "My timesheet; to is inclusive, and days to come show what is planned")
    SheetJson timesheet(Caller caller, @RequestParam LocalDate from, @RequestParam LocalDate to) {
        Sheets.Sheet sheet = sheets.one(caller, caller.subject().id(), from, to, Optional.empty());
        return SheetJson.of(sheet, pictures.own(sheet));
    }

    @GetMapping("/api/me/leaves")
    @Operation(summary = "My leave, also what was cancelled")
    List<PlanController.LeaveJson> leaves(Caller caller) {
        return rosters.leaves(List.of(caller.subject().id())).stream()
                .map(PlanController.LeaveJson::of)
                .toList();
    }

    @GetMapping("/api/me/pin")
    @Operation(summary = "Whether I have a PIN for the kiosk")
    PinStateJson pin(Caller caller) {
        return new PinStateJson(pins.find(caller.subject().id()).isPresent());
    }

    @PutMapping("/api/me/pin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Chooses my PIN for the kiosk: 6 to 12 digits of at least three kinds")
    void choosePin(Caller caller, @RequestBody MyPinJson wish) {
        recognition.set(caller.subject(), wish.pin(), caller.actor());
    }
}
