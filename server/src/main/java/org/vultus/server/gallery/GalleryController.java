package org.vultus.server.gallery;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** The gallery, for administrators. */
@RestController
@Tag(name = "Gallery")
final class GalleryController {
    private final GalleryHealth health;
    private final ObjectProvider<GalleryWork> work;
    private final Departments departments;

    GalleryController(GalleryHealth health, ObjectProvider<GalleryWork> work, Departments departments) {
        this.health = health;
        this.work = work;
        this.departments = departments;
    }

    /** @param work the last piece of long work since the server started */
    record GalleryJson(GalleryHealth.State gallery, GalleryWork.@Nullable Job work) {}

    /** @param department its code */
    record RekeyWish(@Nullable String department) {}

    @GetMapping("/api/gallery")
    @Operation(summary = "Which gallery is used, whether it answers, and how far work on its index is")
    GalleryJson gallery(Caller caller) {
        caller.requireAdmin();
        return json();
    }

    @PostMapping("/api/gallery/verify")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins to compare the index with the store, and to repair it where that is asked for")
    GalleryJson verify(Caller caller, @RequestParam(defaultValue = "false") boolean repair) {
        caller.requireAdmin();
        return begun(index().verify(repair, caller.actor()));
    }

    @PostMapping("/api/gallery/rekey")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins to give a department's vectors in the index a new key, or goes on with that")
    GalleryJson rekey(Caller caller, @RequestBody RekeyWish wish) {
        caller.requireAdmin();
        String code = Optional.ofNullable(wish.department())
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new Problem(ProblemType.BAD_REQUEST, "Send the code of a department."));
        GalleryWork index = index();
        Department department =
                departments.findByCode(code).orElseThrow(() -> Problem.notFound("The department " + code));
        return begun(index.rekey(department, caller.actor()));
    }

    private GalleryWork index() {
        return Optional.ofNullable(work.getIfAvailable())
                .orElseThrow(() -> new Problem(
                        ProblemType.GALLERY_IN_MEMORY,
                        "The references are in this server's memory, filled from the database at every start and kept in step with it."
                                + " There is no index to compare and no key to change."));
    }

    private GalleryJson begun(boolean begun) {
        if (!begun) {
            throw new Problem(ProblemType.BUSY, "Another piece of work on the gallery is running; wait for its end.");
        }
        return json();
    }

    private GalleryJson json() {
        return new GalleryJson(
                health.state(),
                Optional.ofNullable(work.getIfAvailable())
                        .flatMap(GalleryWork::last)
                        .orElse(null));
    }
}
