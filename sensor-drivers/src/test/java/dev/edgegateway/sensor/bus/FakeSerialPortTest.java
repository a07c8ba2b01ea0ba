package dev.edgegateway.sensor.bus;

import java.util.Arrays;

class FakeSerialPortTest extends SerialLineContract {
    @Override
    protected FarEnd plugIn() {
        var port = new FakeSerialPort("/dev/fake", _ -> {});
        return new FarEnd() {
            @Override
            public String path() {
                return "/dev/fake";
            }

            @Override
            public SerialLine.Opener opener() {
                return port;
            }

            @Override
            public void say(byte[] bytes) {
                port.say(bytes);
            }

            @Override
            public byte[] hear(int count) {
                return Arrays.copyOf(port.heard(), count);
            }

            @Override
            public void unplug() {
                port.unplug();
            }

            @Override
            public void close() {
                port.unplug();
            }
        };
    }
}
