package org.vultus.server.oidc;

import java.util.Base64;
import java.util.List;

/**
 * A camera for a browser that has no fake one which shows faces: the page's {@code getUserMedia} gives the stream of a canvas on which
 * pictures are drawn. It lasts as long as the document.
 */
final class CanvasCamera {
    /** On the prototype: WebKit forgets what is set on {@code navigator.mediaDevices} itself when it collects garbage. */
    private static final String INSTALL = """
            const done = arguments[1];
            const decode = (picture) => createImageBitmap(
                new Blob([Uint8Array.from(atob(picture), (character) => character.charCodeAt(0))], { type: 'image/jpeg' }));
            Promise.all(arguments[0].map(decode)).then((scenes) => {
              window.scenes = scenes;
              if (window.streams === undefined) {
                window.streams = [];
                MediaDevices.prototype.enumerateDevices = async () => [{ kind: 'videoinput', deviceId: 'canvas', groupId: '', label: 'Canvas' }];
                MediaDevices.prototype.getUserMedia = async () => {
                  const canvas = document.createElement('canvas');
                  // Without a GPU the browser draws all of it with the processor.
                  [canvas.width, canvas.height] = [640, 360];
                  const context = canvas.getContext('2d');
                  let frame = 0;
                  const draw = () => {
                    context.drawImage(window.scenes[Math.floor(frame / 5) % window.scenes.length], 0, 0, canvas.width, canvas.height);
                    // No camera gives the same picture twice.
                    context.fillRect(frame++ % canvas.width, 0, 1, 1);
                  };
                  draw();
                  const stream = canvas.captureStream(5);
                  const timer = setInterval(() => {
                    draw();
                    if (!stream.active) {
                      clearInterval(timer);
                    }
                  }, 200);
                  window.streams.push(stream);
                  return stream;
                };
              }
              done('');
            }, (error) => done(String(error)));""";

    private final WebKit browser;

    CanvasCamera(WebKit browser) {
        this.browser = browser;
    }

    /** From now on the page sees these JPEG files, each for a second, again and again. */
    void show(List<byte[]> pictures) {
        List<String> encoded =
                pictures.stream().map(Base64.getEncoder()::encodeToString).toList();
        String problem = browser.await(INSTALL, encoded).asString();
        if (!problem.isEmpty()) {
            throw new AssertionError(problem);
        }
    }

    /** Whether it was opened, and is off. */
    static final String OFF =
            "streams.length > 0 && streams.every((stream) => stream.getTracks().every((track) => track.readyState === 'ended'))";
}
