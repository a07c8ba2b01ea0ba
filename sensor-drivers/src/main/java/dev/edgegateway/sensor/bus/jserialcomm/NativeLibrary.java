package dev.edgegateway.sensor.bus.jserialcomm;

import com.fazecast.jSerialComm.SerialPort;
import dev.edgegateway.sensor.SensorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads jSerialComm's native part once for the process. Left to itself the library unpacks it below a fixed name in the
 * temporary directory and lets every user write there, so it is unpacked here instead, into a directory of this user
 * alone that is gone again once loaded. Where the temporary directory ({@code java.io.tmpdir}) may not hold programs,
 * ship the file and name its directory with the system property {@value #LIBRARY_PATH}.
 */
final class NativeLibrary {
    /** Read by jSerialComm: the directory that holds {@code libjSerialComm.so}. */
    static final String LIBRARY_PATH = "jSerialComm.library.path";

    private static final String FILE_NAME = "libjSerialComm.so";

    private static boolean loaded;

    private NativeLibrary() {}

    /** @throws SensorException if it cannot be loaded; the message says what was tried. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            if (System.getProperty(LIBRARY_PATH, "").isEmpty()) {
                loadUnpacked();
            } else {
                initialize();
            }
        } catch (IOException | LinkageError failure) {
            throw new SensorException(
                    "Serial ports cannot be used: jSerialComm's native library does not load from "
                            + System.getProperty("java.io.tmpdir") + "; set -D" + LIBRARY_PATH
                            + " to a directory that holds " + FILE_NAME,
                    failure);
        }
        loaded = true;
    }

    private static void loadUnpacked() throws IOException {
        // Only its owner may enter a temporary directory made this way.
        Path directory = Files.createTempDirectory("edge-gateway-serial");
        Path library = directory.resolve(FILE_NAME);
        try (InputStream packed = SerialPort.class.getResourceAsStream(resource())) {
            if (packed == null) {
                throw new IOException("the library holds no " + resource());
            }
            Files.copy(packed, library);
            System.setProperty(LIBRARY_PATH, directory.toString());
            initialize();
        } finally {
            System.clearProperty(LIBRARY_PATH);
            // Linux keeps a loaded file as long as it is mapped.
            Files.deleteIfExists(library);
            Files.delete(directory);
        }
    }

    private static void initialize() {
        SerialPort.getVersion();
    }

    private static String resource() throws IOException {
        String architecture = System.getProperty("os.arch", "");
        return switch (architecture) {
            case "amd64" -> "/Linux/x86_64/" + FILE_NAME;
            case "aarch64" -> "/Linux/armv8_64/" + FILE_NAME;
            default -> throw new IOException("no build of the library is known for " + architecture);
        };
    }
}
