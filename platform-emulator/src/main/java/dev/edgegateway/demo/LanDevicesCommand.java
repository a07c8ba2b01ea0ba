package dev.edgegateway.demo;

import dev.edgegateway.demo.client.LanDevices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The process of the devices; the demo starts it. */
@Command(name = "lan-devices", hidden = true)
final class LanDevicesCommand implements Callable<Integer> {
    @Mixin
    private final ClientOptions options = new ClientOptions();

    @Override
    public Integer call() throws Exception {
        LanDevices.run(options.uri(), GatewayToml.ORGANIZATION, options.fleet(), options.seed());
        return 0;
    }
}
