package org.vultus.server.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.onnx.BrowserModels;
import org.vultus.onnx.ModelPack;

/** The two small networks that the pages run in the browser, to help people before a picture is sent. */
@RestController
@Tag(name = "Model pack")
final class BrowserModelController {
    private final ModelPack pack;

    BrowserModelController(ModelPack pack) {
        this.pack = pack;
    }

    /**
     * @param file where the network lies
     * @param mean a tensor value is (pixel − mean) / std, in planes; one for all channels or one for each
     */
    record NetworkJson(String file, int width, int height, List<Double> mean, List<Double> std) {}

    /** @param decoder how its outputs are read */
    record DetectorJson(
            String file,
            int width,
            int height,
            List<Double> mean,
            List<Double> std,
            String decoder,
            double scoreThreshold,
            double nmsThreshold) {}

    record OnDeviceJson(String licence, DetectorJson detector, NetworkJson landmarks) {}

    @GetMapping("/models/on-device")
    @Operation(summary = "The networks that a page may run itself: where they lie and what they take")
    @ApiResponse(
            responseCode = "200",
            description = "They are there",
            content = @Content(schema = @Schema(implementation = OnDeviceJson.class)))
    @ApiResponse(
            responseCode = "204",
            description = "This pack has none that a page could or may use: go by the server's advice",
            content = @Content)
    ResponseEntity<OnDeviceJson> onDevice() {
        return pack.browserModels()
                .map(models ->
                        ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(describe(models)))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @GetMapping("/models/{sha256}.onnx")
    @Operation(summary = "One of these networks; the name is the SHA-256 of the file")
    ResponseEntity<byte[]> file(@PathVariable String sha256) {
        return pack.browserModel(sha256)
                .map(bytes -> ResponseEntity.ok()
                        .cacheControl(CacheControl.maxAge(Duration.ofDays(365))
                                .cachePublic()
                                .immutable())
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .body(bytes))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "This pack gives browsers no such network."));
    }

    private OnDeviceJson describe(BrowserModels models) {
        BrowserModels.Network detector = models.detector();
        BrowserModels.Network landmarks = models.landmarks();
        return new OnDeviceJson(
                pack.licence(),
                new DetectorJson(
                        file(detector),
                        detector.width(),
                        detector.height(),
                        detector.mean(),
                        detector.std(),
                        "ssd",
                        models.scoreThreshold(),
                        models.nmsThreshold()),
                new NetworkJson(
                        file(landmarks), landmarks.width(), landmarks.height(), landmarks.mean(), landmarks.std()));
    }

    private static String file(BrowserModels.Network network) {
        return "/models/" + network.sha256() + ".onnx";
    }
}
