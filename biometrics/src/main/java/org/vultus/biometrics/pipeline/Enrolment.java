package org.vultus.biometrics.pipeline;

import java.util.List;
import org.vultus.biometrics.embed.Template;
import org.vultus.biometrics.outcome.Outcome;

/**
 * What became of the images of one enrolment.
 *
 * @param images for each image given, in order: its probe, or why it cannot be used
 * @param template made of the usable images, or why there is none
 */
public record Enrolment(List<Outcome<BiometricProbe>> images, Outcome<Template> template) {

    public Enrolment {
        images = List.copyOf(images);
    }
}
