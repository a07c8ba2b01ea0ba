package dev.edgegateway.demo.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

class FakeDeviceLinkTest extends DeviceLinkContract {
    private final FakeDeviceLink link = new FakeDeviceLink();

    @Override
    DeviceLink link() {
        return link;
    }

    @Override
    List<Long> arrived() {
        return link.arrived;
    }

    @Override
    void gatewayAcknowledges(boolean whether) {
        link.acknowledging(whether);
    }

    @Override
    void cut() {
        link.cut();
    }

    @Override
    void command(String text) {
        link.command(text.getBytes(StandardCharsets.UTF_8));
    }
}
