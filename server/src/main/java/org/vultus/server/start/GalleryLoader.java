package org.vultus.server.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.access.enrol.References;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.Gallery;

/** Fills the gallery from the encrypted references. */
public final class GalleryLoader {
    private static final Logger LOG = LoggerFactory.getLogger(GalleryLoader.class);

    private GalleryLoader() {}

    public static void load(Gallery gallery, References references, ExtractorId extractor) {
        int foreign = references.forEachActive(
                extractor,
                reference -> gallery.put(
                        new Gallery.Entry(reference.subject(), reference.department(), reference.features())));
        LOG.info("{} references loaded", gallery.size());
        if (foreign > 0) {
            LOG.warn("{} people were enrolled with another model and must enrol again", foreign);
        }
    }
}
