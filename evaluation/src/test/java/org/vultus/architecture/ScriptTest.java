package org.vultus.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code vultus}, in a pretended repository whose path has a space, with a pretended JDK, Maven and npm. The
 * places where it looks for JDKs are moved below the temporary folder, so that the machine's own are not found.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ScriptTest {
    private static final List<String> TOOLS = List.of(
            "cat", "dirname", "find", "grep", "head", "ln", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "tail");

    @TempDir
    Path temp;

    private Path root;
    private Path bin;
    private Path jdk;

    private String javaOptions = "";

    record Run(int exit, String out, String err) {}

    @BeforeEach
    void pretend() throws IOException {
        root = Files.createDirectories(temp.resolve("a clone"));
        bin = Files.createDirectories(temp.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        String script = Files.readString(Path.of("").toAbsolutePath().resolveSibling("vultus"));
        executable(
                root.resolve("vultus"),
                script.replace("/usr/lib/jvm", "\"$HOME\"/jvm")
                        .replace(" /Library/", " \"$HOME\"/Library/")
                        .replace(" /opt/", " \"$HOME\"/opt/")
                        .replace(" /usr/local/opt/", " \"$HOME\"/local/"));
        for (String source :
                List.of("pom.xml", "models/pom.xml", "models/model-pack.yaml", "evaluation/src/main/A.java")) {
            Files.createDirectories(root.resolve(source).getParent());
            Files.writeString(root.resolve(source), "");
        }
        age(root);
        executable(
                root.resolve("mvnw"),
                "#!/bin/sh\necho \"maven with $JAVA_HOME: $*\"\n: >evaluation/target/vultus.jar\n"
                        + "mkdir -p server/target\n: >server/target/vultus-server.jar\n");
        jdk = temp.resolve("jvm/jdk 25");
        executable(bin.resolve("node"), "#!/bin/sh\n");
        executable(bin.resolve("npm"), "#!/bin/sh\n");
    }

    @Test
    void helpListsTheCommandsAndNeedsNothing() throws Exception {
        for (Run run : List.of(vultus(), vultus("help"), vultus("--help"))) {
            assertThat(run.exit()).isZero();
            assertThat(run.out())
                    .contains(
                            "  serve ",
                            "  enrol ",
                            "  keys ",
                            "  audit ",
                            "  detect ",
                            "  compare ",
                            "  evaluate ",
                            "  calibrate ",
                            "  benchmark ",
                            "  load ",
                            "  test ",
                            "  help ");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void aNodeThatIsTooOldIsRefusedBeforeTheBuild() throws Exception {
        installJdk("25.0.1");
        for (String version : List.of("v18.20.4", "v20.18.3", "v9.0.0")) {
            executable(bin.resolve("node"), "#!/bin/sh\necho " + version + "\n");
            Run run = vultus("test");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("Node.js " + version.substring(1) + " is too old", "20.19");
            assertThat(run.out()).isEmpty();
        }
        for (String version : List.of("v20.19.0", "v22.1.0", "v100.0.0", "unknown")) {
            executable(bin.resolve("node"), "#!/bin/sh\necho " + version + "\n");
            assertThat(vultus("test").out()).as(version).contains("maven with");
        }
    }

    @Test
    void aMissingJdkIsNamed() throws Exception {
        Run run = vultus("detect", "photo.jpg");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("no JDK 25 found").contains("adoptium.net");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anotherVersionIsNotTaken() throws Exception {
        installJdk("17.0.15");
        assertThat(vultus("test").exit()).isEqualTo(2);
        installJdk("250.0.1");
        assertThat(vultus("test").exit()).isEqualTo(2);
    }

    @Test
    void aMissingNpmIsNamedUnlessAllIsBuilt() throws Exception {
        installJdk("25.0.1");
        Files.delete(bin.resolve("npm"));
        for (String command : List.of("detect", "test")) {
            Run run = vultus(command);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("npm").contains("nodejs.org");
        }
        executable(bin.resolve("npm"), "#!/bin/sh\n");
        assertThat(vultus("detect").exit()).isZero();
        Files.delete(bin.resolve("npm"));
        assertThat(vultus("detect").exit()).isZero();
    }

    @Test
    void buildsOnceAndAgainWhenASourceChanges() throws Exception {
        installJdk("25");
        Run first = vultus("detect", "my photo.jpg");
        assertThat(first.exit()).isZero();
        assertThat(first.err())
                .isEqualToIgnoringWhitespace("vultus: building, which takes a minute or two the first time …");
        assertThat(first.out())
                .startsWith("java in " + temp.toRealPath() + ": <--add-modules> <jdk.incubator.vector>")
                .contains("<-jar> <" + root.toRealPath() + "/evaluation/target/vultus.jar> <detect> <my photo.jpg>");
        assertThat(root.resolve("target/vultus-build.log"))
                .content()
                .contains("maven with " + jdk)
                .contains("package -pl evaluation,server -am");

        assertThat(vultus("detect").err()).isEmpty();

        Files.setLastModifiedTime(
                root.resolve("evaluation/src/main/A.java"),
                FileTime.from(Files.getLastModifiedTime(root.resolve("evaluation/target/built"))
                        .toInstant()
                        .plusSeconds(5)));
        assertThat(vultus("detect").err()).contains("building");
    }

    @Test
    void aFailedBuildShowsItsErrorsAndRunsNothing() throws Exception {
        installJdk("25.0.1");
        executable(root.resolve("mvnw"), "#!/bin/sh\necho '[INFO] noise'\necho '[ERROR] broken'\nexit 1\n");
        Run run = vultus("detect");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("[ERROR] broken", "the build failed").doesNotContain("noise");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void testRunsTheWholeBuildOnTheJdkThatWasFound() throws Exception {
        installJdk("25.0.1");
        Files.createDirectories(root.resolve("evaluation/target"));
        Run run = vultus("test", "-pl", "biometrics");
        assertThat(run.out()).isEqualToIgnoringNewLines("maven with " + jdk + ": -B -ntp verify -pl biometrics");
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        installJdk("25.0.1");
        Path link = Files.createSymbolicLink(temp.resolve("face"), Path.of("a clone/vultus"));
        assertThat(run(link.toString(), "detect").out()).contains(root.toRealPath() + "/evaluation/target/vultus.jar");
    }

    @Test
    void helpOnOneCommandAsksTheCommand() throws Exception {
        installJdk("25.0.1");
        assertThat(vultus("help", "detect").out()).endsWith("<detect> <--help>\n");
        assertThat(vultus("help", "evaluate", "verification").out()).endsWith("<evaluate> <verification> <--help>\n");
    }

    @Test
    void theServerStartsAsItWasPrepared() throws Exception {
        installJdk("25.0.1");
        assertThat(vultus("serve", "--server.port=9000").out())
                .contains("<-XX:+UseSerialGC>")
                .doesNotContain("AOTCache")
                .endsWith("<serve> <--server.port=9000> <--vultus.programs=" + root.toRealPath()
                        + "/server/target/postgresql>\n");
        assertThat(root.resolve("target/vultus-build.log"))
                .content()
                .contains("<beans> <" + root.toRealPath() + "/server/target/vultus-beans.jar>")
                .contains("<-XX:TieredStopAtLevel=2> <-Dspring.aot.enabled=true> <-XX:AOTCacheOutput="
                        + root.toRealPath() + "/server/target/vultus.aot>")
                .contains("<prepare> <" + root.toRealPath() + "/server/target/postgresql>");

        Files.writeString(root.resolve("server/target/vultus.aot"), "");
        Files.writeString(root.resolve("server/target/vultus-beans.jar"), "");
        assertThat(vultus("serve").out())
                .contains(
                        "<-XX:AOTCache=" + root.toRealPath() + "/server/target/vultus.aot> <-Dspring.aot.enabled=true>")
                .doesNotContain("TieredStopAtLevel");
        assertThat(vultus("keys").out()).doesNotContain("AOTCache");
    }

    /** A JVM with other options may pass over what was kept, or not start with it. It is asked before. */
    @Test
    void whatWasKeptIsLeftAsideWhereTheSitesOptionsDoNotGoWithIt() throws Exception {
        installJdk("25.0.1");
        vultus("detect");
        Files.writeString(root.resolve("server/target/vultus.aot"), "");
        Path asked = temp.resolve("asked");
        executable(jdk.resolve("bin/java"), """
                #!/bin/sh
                for last; do :; done
                if [ "$last" = -version ]; then
                    echo "$*" >>"$HOME/asked"
                    case $* in
                        *-Xother*) echo '[0.1s][error  ][aot    ] no' ;;
                        *-Xquiet*) echo 'Unable to use AOT cache.'; exit 1 ;;
                        *-Xlog*) echo '[0.1s][info ][aot] yes' ;;
                    esac
                else
                    printf 'java'
                    for a; do printf ' <%s>' "$a"; done
                fi
                """);

        javaOptions = "-Xmx2g -Xss1m";
        for (int i = 0; i < 2; i++) {
            Run run = vultus("serve");
            assertThat(run.out()).contains("<-XX:AOTCache=").contains("<-Xmx2g> <-Xss1m>");
            assertThat(run.err()).isEmpty();
            assertThat(asked).content().containsOnlyOnce("-Xmx2g -Xss1m -XX:AOTCache=");
        }
        javaOptions = "-Xlog:aot";
        assertThat(vultus("serve").out()).contains("<-XX:AOTCache=");
        for (String option : List.of("-Xother", "-Xquiet", "-agentlib:jdwp=suspend=y")) {
            javaOptions = option;
            Run run = vultus("serve");
            assertThat(run.out()).doesNotContain("AOTCache").contains("<" + option + ">");
            assertThat(run.err()).contains("does not go with VULTUS_JAVA_OPTIONS");
        }
        javaOptions = "";
        assertThat(vultus("serve").out()).contains("<-XX:AOTCache=");
        assertThat(asked).content().hasLineCount(4).doesNotContain("jdwp");
    }

    /** Maven by itself packs the program anew, and what was kept of the old one is of no use; nor is what was interrupted. */
    @Test
    void aStartThatIsNotPreparedForThisProgramIsPreparedAgain() throws Exception {
        installJdk("25.0.1");
        vultus("detect");
        Path prepared = root.resolve("server/target/prepared");
        Path log = root.resolve("target/vultus-build.log");
        Files.writeString(log, "");
        assertThat(vultus("serve").err()).isEmpty();
        assertThat(log).isEmptyFile();

        FileTime later =
                FileTime.from(Files.getLastModifiedTime(prepared).toInstant().plusSeconds(5));
        Files.setLastModifiedTime(root.resolve("server/target/vultus-server.jar"), later);
        assertThat(vultus("keys").err()).isEmpty();
        assertThat(log).isEmptyFile();
        assertThat(vultus("serve").err()).contains("preparing the start").doesNotContain("building");
        assertThat(log).content().contains("<-XX:AOTCacheOutput=");

        Files.setLastModifiedTime(root.resolve("server/target/vultus-server.jar"), FileTime.from(Instant.EPOCH));
        assertThat(vultus("serve").err()).isEmpty();
        Files.delete(prepared);
        assertThat(vultus("serve").err()).contains("preparing the start");
    }

    /** Two at once: the second one waits, and finds all that it needs. */
    @Test
    void oneAtATimeBuilds() throws Exception {
        installJdk("25.0.1");
        Path begun = temp.resolve("begun");
        executable(root.resolve("mvnw"), """
                #!/bin/sh
                echo begun >>"$HOME/begun"
                while [ ! -f "$HOME/go" ]; do sleep 0.05; done
                : >evaluation/target/vultus.jar
                mkdir -p server/target
                : >server/target/vultus-server.jar
                """);
        String script = root.resolve("vultus").toString();
        Started first = start("-first", script, "detect");
        until(() -> Files.exists(begun));
        Started second = start("-second", script, "detect");
        second.says("another ./vultus (process " + first.process().pid() + ") is building here");
        Files.writeString(temp.resolve("go"), "");
        assertThat(first.end().exit()).isZero();
        assertThat(first.end().err()).contains("building, which takes").doesNotContain("another");
        assertThat(second.end().exit()).isZero();
        assertThat(second.end().out()).endsWith("<detect>\n");
        assertThat(second.end().err()).doesNotContain("building, which takes");
        assertThat(begun).content().isEqualTo("begun\n");
        assertThat(root.resolve("target/building")).doesNotExist();
    }

    @Test
    void aBuildThatWasInterruptedIsNotWaitedFor() throws Exception {
        installJdk("25.0.1");
        Files.createDirectories(root.resolve("target"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createSymbolicLink(root.resolve("target/building"), Path.of(Long.toString(gone.pid())));
        Run run = vultus("detect");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("building, which takes").doesNotContain("waits");
        assertThat(Files.isSymbolicLink(root.resolve("target/building"))).isFalse();
    }

    /** A container that was ended in the middle, and one that takes its place. */
    @Test
    void aLockOfTheSameNumberIsNotWaitedFor() throws Exception {
        installJdk("25.0.1");
        Files.createDirectories(root.resolve("target"));

        Run run = run("/bin/sh", "-c", "ln -s $$ \"$0/target/building\" && exec \"$0/vultus\" detect", root.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("building, which takes").doesNotContain("waits");
    }

    @Test
    void aBuildThatFailsLeavesNoLock() throws Exception {
        installJdk("25.0.1");
        executable(root.resolve("mvnw"), "#!/bin/sh\necho broken\nexit 1\n");
        assertThat(vultus("detect").exit()).isEqualTo(1);
        assertThat(Files.isSymbolicLink(root.resolve("target/building"))).isFalse();
    }

    @Test
    void theServersCommandsAreItsOwn() throws Exception {
        installJdk("25.0.1");
        for (String command : List.of("enrol", "keys", "audit")) {
            assertThat(vultus(command, "--help").out())
                    .contains(root.toRealPath() + "/server/target/vultus-server.jar")
                    .endsWith("<" + command + "> <--help>\n");
        }
    }

    private void installJdk(String version) throws IOException {
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        executable(
                jdk.resolve("bin/java"),
                "#!/bin/sh\nprintf 'java in %s:' \"$(pwd)\"\nfor a in \"$@\"; do printf ' <%s>' \"$a\"; done\necho\n");
    }

    private Run vultus(String... arguments) throws Exception {
        return run(root.resolve("vultus").toString(), arguments);
    }

    private Run run(String script, String... arguments) throws Exception {
        return start("", script, arguments).end();
    }

    /** A run that may not be over. */
    private record Started(Process process, Path out, Path err) {
        Run end() throws Exception {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        }

        void says(String text) throws Exception {
            until(() -> Files.readString(err, UTF_8).contains(text));
        }
    }

    private Started start(String name, String script, String... arguments) throws IOException {
        Path out = temp.resolve("out" + name);
        Path err = temp.resolve("err" + name);
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(script), Stream.of(arguments)).toList());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", temp.toString());
        if (!javaOptions.isEmpty()) {
            builder.environment().put("VULTUS_JAVA_OPTIONS", javaOptions);
        }
        builder.directory(temp.toFile());
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        return new Started(process, out, err);
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(20);
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Sources older than any build, however coarse the file system's clock. */
    private static void age(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1_000_000_000)));
            }
        }
    }
}
