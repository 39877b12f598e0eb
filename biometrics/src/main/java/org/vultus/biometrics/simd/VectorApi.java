package org.vultus.biometrics.simd;

/** The JDK's incubating Vector API (JEP 508), which is there only when the JVM was told to load its module. */
public final class VectorApi {
    private static final boolean AVAILABLE = found();

    private VectorApi() {}

    /** Whether classes that use it may be touched. Asked once for the life of the JVM. */
    public static boolean available() {
        return AVAILABLE;
    }

    private static boolean found() {
        try {
            // Not initialised: whether it is there is all that is asked.
            Class.forName("jdk.incubator.vector.Vector", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
