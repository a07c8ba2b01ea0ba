package dev.edgegateway.demo.client;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.paho.client.mqttv3.MqttException;

/** The process of the devices in the gateway's network. */
public final class LanDevices {
    private LanDevices() {}

    /**
     * Runs the devices until the standard input ends.
     *
     * @param uri of the gateway's listener, {@code tcp://host:port}.
     */
    public static void run(String uri, String organization, List<DeviceSpec> fleet, long seed)
            throws MqttException, InterruptedException {
        var devices = new ArrayList<LanDevice>();
        var threads = new ArrayList<Thread>();
        try (var reports = new ReportWriter(System.out)) {
            for (DeviceSpec spec : fleet) {
                var device = new LanDevice(
                        spec,
                        new PahoDeviceLink(spec, organization, uri),
                        reports,
                        InstantSource.system(),
                        new Random(seed ^ spec.id().hashCode()));
                devices.add(device);
                threads.add(Thread.ofVirtual().name(spec.id()).start(device));
            }
            ParentLine.listen(System.in, () -> devices.forEach(LanDevice::stopPublishing));
            devices.forEach(LanDevice::end);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
