package dev.edgegateway.platform;

/** Who a client of the platform is: its class, and its name within the organization. */
sealed interface ClientIdentity {

    /** Where the platform tells of its coming and going. */
    String monitorTopic();

    /** Class {@code d}: a device with a connection of its own. */
    record Device(String typeId, String deviceId) implements ClientIdentity {
        @Override
        public String monitorTopic() {
            return ClientIdentity.about(typeId, deviceId) + "mon";
        }
    }

    /** Class {@code g}: a gateway, which speaks for itself and for the devices behind it. */
    record Gateway(String typeId, String deviceId) implements ClientIdentity {
        @Override
        public String monitorTopic() {
            return ClientIdentity.about(typeId, deviceId) + "mon";
        }

        /** Where the platform tells it what it has ignored. */
        String notifyTopic() {
            return ClientIdentity.about(typeId, deviceId) + "notify";
        }

        boolean is(String type, String id) {
            return typeId.equals(type) && deviceId.equals(id);
        }
    }

    /** Class {@code a}: an application. */
    record Application(String appId) implements ClientIdentity {
        @Override
        public String monitorTopic() {
            return "iot-2/app/" + appId + "/mon";
        }
    }

    private static String about(String typeId, String deviceId) {
        return "iot-2/type/" + typeId + "/id/" + deviceId + "/";
    }
}
