package org.vultus.biometrics.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.vultus.biometrics.image.CapturedSample;

/** Some pictures of a clip, in the order in which they are shown. {@link #close()} overwrites them with zeros. */
public final class Clip implements AutoCloseable {

    /**
     * One of them.
     *
     * @param at since the clip's first picture
     */
    public record Picture(CapturedSample sample, Duration at) {}

    private final List<Picture> pictures;

    Clip(List<Picture> pictures) {
        this.pictures = List.copyOf(pictures);
    }

    /** At least one. */
    public List<Picture> pictures() {
        return pictures;
    }

    /**
     * The pictures with the times at which they were taken. A clip does not say when that was; that its last picture was taken as it
     * came in is the latest that it can be.
     *
     * @param arrived when the clip came in
     * @return the same buffers, which remain this clip's to wipe
     */
    public List<CapturedSample> taken(Instant arrived) {
        Duration last = pictures.getLast().at();
        return pictures.stream()
                .map(picture -> picture.sample().arrivedAt(arrived, last.minus(picture.at())))
                .toList();
    }

    @Override
    public void close() {
        pictures.forEach(picture -> picture.sample().close());
    }
}
