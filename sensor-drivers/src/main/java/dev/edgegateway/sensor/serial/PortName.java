package dev.edgegateway.sensor.serial;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of serial ports that may name another device after replugging. */
final class PortName {
    /** The kernel numbers these in the order devices are found. */
    private static final Pattern NUMBERED = Pattern.compile("/dev/tty(USB|ACM)[0-9]+");

    private final Path byId;

    /** @param byId the directory of links udev names after maker and serial number, {@code /dev/serial/by-id}. */
    PortName(Path byId) {
        this.byId = byId;
    }

    /** What to tell about a port, if anything. */
    Optional<String> advice(String port) {
        if (!NUMBERED.matcher(port).matches()) {
            return Optional.empty();
        }
        return Optional.of(port + " may name another device after replugging or a restart; use "
                + linkTo(port).map(Path::toString).orElse("its name in " + byId));
    }

    private Optional<Path> linkTo(String port) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(byId)) {
            for (Path link : links) {
                // Not the real path of the port, which may be gone by now.
                if (Files.isSymbolicLink(link)
                        && link.resolveSibling(Files.readSymbolicLink(link))
                                .normalize()
                                .endsWith(Path.of(port).getFileName())) {
                    return Optional.of(link);
                }
            }
        } catch (IOException | DirectoryIteratorException none) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
