package dev.edgegateway.demo.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Chooses which device the application sends its next command to: any of those that take commands and have been heard
 * of, since the platform knows no others. Any thread.
 */
final class Commander {
    private final Map<String, DeviceSpec> known = new HashMap<>();
    private final Map<String, Long> lastNumber = new HashMap<>();
    private final List<String> heard = new ArrayList<>();
    private final Random random;

    Commander(List<DeviceSpec> fleet, Random random) {
        fleet.stream().filter(DeviceSpec::takesCommands).forEach(spec -> known.put(spec.id(), spec));
        this.random = random;
    }

    /** A device has been heard of; what is no device of the fleet, or takes no commands, is of no interest. */
    synchronized void heard(String device) {
        if (known.containsKey(device) && !heard.contains(device)) {
            heard.add(device);
        }
    }

    /** The next command, numbered from 1 for each device. */
    synchronized Optional<Command> next() {
        if (heard.isEmpty()) {
            return Optional.empty();
        }
        String device = heard.get(random.nextInt(heard.size()));
        return Optional.of(new Command(device, lastNumber.merge(device, 1L, Long::sum)));
    }

    /** The platform's topic for a command. */
    String topic(Command command) {
        String type = known.get(command.device()) instanceof DeviceSpec spec
                ? spec.kind().type()
                : "unknown";
        return "iot-2/type/" + type + "/id/" + command.device() + "/cmd/set/fmt/json";
    }
}
