package dev.edgegateway.gateway.config;

import dev.edgegateway.sensor.SensorDriver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Loads a configuration: one file, and whatever {@code conf.d} beside it adds. Any thread. */
public final class ConfigLoader {
    /** No configuration written by hand comes near it; what does is another file. */
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final Supplier<List<SensorDriver>> drivers;
    private final Map<String, String> environment;

    /**
     * @param drivers asked only if a sensor is configured.
     * @param environment the variables of the process.
     */
    public ConfigLoader(Supplier<List<SensorDriver>> drivers, Map<String, String> environment) {
        this.drivers = drivers;
        this.environment = Map.copyOf(environment);
    }

    /** With the drivers on the class path and the environment of this process. */
    public static ConfigLoader ofThisProcess() {
        return new ConfigLoader(ConfigLoader::installedDrivers, System.getenv());
    }

    /** The drivers on the class path, by name. */
    public static List<SensorDriver> installedDrivers() {
        return ServiceLoader.load(SensorDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(SensorDriver::name))
                .toList();
    }

    /**
     * Loads a configuration.
     *
     * @throws ConfigException with everything that is wrong with it, if anything is.
     */
    public LoadedConfig load(Path file) throws ConfigException {
        Problems problems = new Problems();
        List<SourceText> sources = new ArrayList<>();
        Node.Table root = readAll(file, problems, sources);
        Optional<GatewayConfig> config = new ConfigReader(root, drivers, surroundings(file), problems).read();
        List<Problem> found = problems.inOrder(sources);
        if (config.isEmpty()) {
            throw new ConfigException(found);
        }
        return new LoadedConfig(
                config.get(), sources.stream().map(SourceText::file).toList(), found);
    }

    /**
     * Loads only where a gateway with this configuration has its control socket, for whoever may read the configuration
     * but not the secrets it names.
     *
     * @return absolute.
     * @throws ConfigException if that cannot be told.
     */
    public Path loadRunDir(Path file) throws ConfigException {
        Problems problems = new Problems();
        List<SourceText> sources = new ArrayList<>();
        Node.Table root = readAll(file, problems, sources);
        GatewaySection.Read gateway = new ConfigReader(root, drivers, surroundings(file), problems).readGateway();
        if (problems.errors() > 0) {
            throw new ConfigException(problems.inOrder(sources));
        }
        return gateway.runDir();
    }

    /**
     * Loads only where the files of users and devices are, for whoever manages them.
     *
     * @throws ConfigException if that cannot be told.
     */
    public AccessConfig loadAccessPaths(Path file) throws ConfigException {
        Problems problems = new Problems();
        List<SourceText> sources = new ArrayList<>();
        Node.Table root = readAll(file, problems, sources);
        AccessConfig access = new ConfigReader(root, drivers, surroundings(file), problems).readAccessPaths();
        if (problems.errors() > 0) {
            throw new ConfigException(problems.inOrder(sources));
        }
        return access;
    }

    private Surroundings surroundings(Path file) {
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        return new Surroundings(directory, environment);
    }

    private static Node.Table readAll(Path file, Problems problems, List<SourceText> sources) {
        Node.Table root = read(file, problems, sources);
        for (Path addition : additions(file, problems, sources)) {
            root = ConfigTree.merge(root, read(addition, problems, sources), problems);
        }
        return root;
    }

    private static List<Path> additions(Path file, Problems problems, List<SourceText> sources) {
        Path directory = file.resolveSibling("conf.d");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> additions = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[!.]*.toml")) {
            entries.forEach(additions::add);
        } catch (IOException e) {
            SourceText source = new SourceText(directory, "");
            sources.add(source);
            problems.syntax(Place.wholeFile(source), "cannot be listed: " + e.getMessage());
        }
        additions.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return additions;
    }

    private static Node.Table read(Path file, Problems problems, List<SourceText> sources) {
        String text = "";
        String fault = "";
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                fault = "is larger than 1 MB, so it is no configuration";
            } else {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (NoSuchFileException e) {
            fault = "does not exist";
        } catch (AccessDeniedException e) {
            fault = "may not be read by this user";
        } catch (CharacterCodingException e) {
            fault = "is not text in UTF-8";
        } catch (IOException e) {
            fault = "cannot be read: " + e.getMessage();
        }
        SourceText source = new SourceText(file, text);
        sources.add(source);
        if (!fault.isEmpty()) {
            problems.syntax(Place.wholeFile(source), fault);
            return Node.Table.empty(Place.wholeFile(source));
        }
        return TomlSource.parse(source, text, problems);
    }
}
