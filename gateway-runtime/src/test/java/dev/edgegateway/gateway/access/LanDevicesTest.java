package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Admission.Admitted;
import dev.edgegateway.broker.Admission.Refused;
import dev.edgegateway.broker.Admission.ReturnCode;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanDevicesTest {
    private final LanDevices anyOrganization = new LanDevices(null, null);
    private final LanDevices ofAbc123 = new LanDevices("abc123", new DeviceAddress("edge-gateway", "gw-001"));

    @Test
    void aPlatformStyleDeviceGetsItsNamespace() {
        Admitted admitted = assertInstanceOf(Admitted.class, ask(ofAbc123, "d:abc123:pump:p1"));

        DeviceNamespace namespace = assertInstanceOf(DeviceNamespace.class, admitted.namespace());
        assertEquals(new DeviceAddress("pump", "p1"), namespace.device());
    }

    @Test
    void withoutAnOrganizationOfItsOwnTheGatewayTakesDevicesOfAny() {
        assertInstanceOf(Admitted.class, ask(anyOrganization, "d:whatever:pump:p1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "mosq-1234", "D:abc123:pump:p1", "g:abc123:t:i", "a:abc123:app", "d", "dd:a:b:c", "ü:1"})
    void anyOtherClientIsPlain(String clientId) {
        assertEquals(Admission.PLAIN, ask(ofAbc123, clientId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d:",
                "d:abc123",
                "d:abc123:pump",
                "d:abc123:pump:",
                "d:abc123::p1",
                "d::pump:p1",
                "d:abc123:pump:p1:x",
                "d:abc123:pump:p/1",
                "d:abc123:pump:+",
                "d:abc123:pümp:p1",
                "d:abc123:pump:1234567890123456789012345678901234567"
            })
    void whatOnlyLooksLikeADeviceIsRefusedByItsId(String clientId) {
        Refused refused = assertInstanceOf(Refused.class, ask(anyOrganization, clientId));

        assertEquals(ReturnCode.IDENTIFIER_REJECTED, refused.returnCode());
        assertTrue(refused.why().contains("d:{org}:{type}:{id}"), refused.why());
    }

    @Test
    void aDeviceOfAnotherOrganizationIsRefused() {
        Refused refused = assertInstanceOf(Refused.class, ask(ofAbc123, "d:other1:pump:p1"));

        assertEquals(ReturnCode.NOT_AUTHORIZED, refused.returnCode());
        assertEquals("organization 'other1' is not this gateway's 'abc123'", refused.why());
    }

    @Test
    void noDeviceIsTheGatewayItself() {
        Refused refused = assertInstanceOf(Refused.class, ask(ofAbc123, "d:abc123:edge-gateway:gw-001"));

        assertEquals(ReturnCode.IDENTIFIER_REJECTED, refused.returnCode());
    }

    private static Admission ask(LanDevices devices, String clientId) {
        return devices.admit(clientId);
    }
}
