package dev.edgegateway.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Admission.ReturnCode;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.platform.Entrance.Judgement.TurnedAway;
import dev.edgegateway.platform.Entrance.Judgement.Welcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntranceTest {
    private static final String KEY = "a-abc123-k3y";

    private final Entrance entrance = new Entrance(
            "abc123",
            Credentials.builder()
                    .device("pump", "p1", "device-token")
                    .gateway("edge", "gw1", "gateway-token")
                    .application(KEY, "api-token")
                    .build(),
            CompletableFuture.completedFuture(null));

    @Test
    void eachClassEntersWithItsOwnCredentials() {
        assertEquals(
                new Welcome(new ClientIdentity.Device("pump", "p1")),
                judge("d:abc123:pump:p1", "use-token-auth", "device-token"));
        assertEquals(
                new Welcome(new ClientIdentity.Gateway("edge", "gw1")),
                judge("g:abc123:edge:gw1", "use-token-auth", "gateway-token"));
        assertEquals(
                new Welcome(new ClientIdentity.Application("any.app")), judge("a:abc123:any.app", KEY, "api-token"));
    }

    @ParameterizedTest
    @CsvSource({
        "d:abc123:pump:p1, use-token-auth, gateway-token",
        "d:abc123:pump:p1, use-token-auth, ''",
        "d:abc123:pump:p1, use-token-auth,",
        "d:abc123:pump:p1, ,",
        "d:abc123:pump:p1, admin, device-token",
        "d:abc123:pump:p2, use-token-auth, device-token",
        "d:abc123:edge:gw1, use-token-auth, gateway-token",
        "g:abc123:pump:p1, use-token-auth, device-token",
        "g:abc123:edge:gw1, use-token-auth, gateway-token2",
        "g:abc123:edge:gw1, use-token-auth, Gateway-token",
        "a:abc123:app, use-token-auth, api-token",
        "a:abc123:app, a-abc123-other, api-token",
        "a:abc123:app, a-abc123-k3y, device-token",
        "a:abc123:app, d:pump:p1, device-token",
        "a:abc123:app, g:edge:gw1, gateway-token"
    })
    void wrongCredentialsAreNotAuthorized(String clientId, @Nullable String user, @Nullable String token) {
        TurnedAway away = assertInstanceOf(TurnedAway.class, judge(clientId, user, token));

        assertEquals(ReturnCode.NOT_AUTHORIZED, away.returnCode());
        assertEquals(180, away.closeCode());
        assertTrue(away.claimed() != null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "d",
                "mosq-123",
                "A:abc123:app",
                "A:abc123:app:1",
                "c:abc123:x:y",
                "d:other1:pump:p1",
                "d:quickstart:pump:p1",
                "D:abc123:pump:p1",
                "d::pump:p1",
                "d:ABC123:pump:p1"
            })
    void anUnknownClassOrOrganizationIsNotAuthorized(String clientId) {
        TurnedAway away = assertInstanceOf(TurnedAway.class, judge(clientId, "use-token-auth", "device-token"));

        assertEquals(ReturnCode.NOT_AUTHORIZED, away.returnCode());
        assertEquals(180, away.closeCode());
        assertEquals(null, away.claimed());
    }

    @Test
    void sharedApplicationsAreToldThatTheyAreNotServed() {
        TurnedAway away = assertInstanceOf(TurnedAway.class, judge("A:abc123:app", KEY, "api-token"));

        assertTrue(away.why().contains("A:"), away.why());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d:abc123",
                "d:abc123:pump",
                "d:abc123:pump:",
                "d:abc123::p1",
                "d:abc123:pump:p1:x",
                "g:abc123:edge:gw 1",
                "g:abc123:ed/ge:gw1",
                "g:abc123:edge:+",
                "g:abc123:edge:gü",
                "g:abc123:edge:1234567890123456789012345678901234567",
                "a:abc123:",
                "a:abc123:app:1",
                "a:abc123:a\np"
            })
    void anIdThatCannotBeIsRejected(String clientId) {
        TurnedAway away = assertInstanceOf(TurnedAway.class, judge(clientId, "use-token-auth", "x"));

        assertEquals(ReturnCode.IDENTIFIER_REJECTED, away.returnCode());
        assertEquals(166, away.closeCode());
    }

    @Test
    void theBrokerIsGivenTheNamespaceOfTheClient() {
        Admission admission = entrance.authenticate(request("d:abc123:pump:p1", "use-token-auth", "device-token"))
                .toCompletableFuture()
                .join();

        Admission.Admitted admitted = assertInstanceOf(Admission.Admitted.class, admission);
        assertEquals(new PlatformNamespace.OfDevice(new ClientIdentity.Device("pump", "p1")), admitted.namespace());
    }

    @Test
    void nobodyEntersBeforeThePlatformIsOpen() {
        CompletableFuture<Void> open = new CompletableFuture<>();
        Entrance early = new Entrance("abc123", Credentials.builder().build(), open);

        var decision =
                early.authenticate(request("d:abc123:pump:p1", null, null)).toCompletableFuture();

        assertFalse(decision.isDone());
        open.complete(null);
        assertInstanceOf(Admission.Refused.class, decision.join());
    }

    @Test
    void credentialsThatCannotBeAreRefused() {
        Credentials.Builder builder = Credentials.builder().device("pump", "p1", "x");
        assertThrows(IllegalArgumentException.class, () -> builder.device("pump", "p1", "y"));
        assertThrows(IllegalArgumentException.class, () -> builder.device("pump", "p2", ""));
        assertThrows(IllegalArgumentException.class, () -> builder.gateway("pump", "p 2", "x"));
        assertThrows(IllegalArgumentException.class, () -> builder.application("key", "x"));
        assertThrows(IllegalArgumentException.class, () -> builder.application("a-abc123-", "x"));
        Credentials other = Credentials.builder().application("a-other1-k", "x").build();
        assertThrows(IllegalArgumentException.class, () -> EmulatorSettings.of("127.0.0.1", 0, "abc123", other));
        assertThrows(IllegalArgumentException.class, () -> EmulatorSettings.of("127.0.0.1", 0, "abc", other));
    }

    @Test
    void credentialsNeverShowTheirTokens() {
        Credentials credentials =
                Credentials.builder().device("pump", "p1", "s3cret").build();

        String shown = credentials + " " + EmulatorSettings.of("127.0.0.1", 0, "abc123", credentials);

        assertTrue(shown.contains("d:pump:p1"), shown);
        assertFalse(shown.contains("s3cret"), shown);
    }

    @Test
    void aTokenIsTheFirstLineOfItsFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "  t0ken \r\nrest\n");
        Path empty = Files.writeString(folder.resolve("empty"), "\ntoken\n");

        assertEquals("t0ken", Credentials.readToken(file));
        assertThrows(IllegalArgumentException.class, () -> Credentials.readToken(empty));
        assertThrows(IllegalArgumentException.class, () -> Credentials.readToken(folder.resolve("none")));
    }

    private Entrance.Judgement judge(String clientId, @Nullable String user, @Nullable String token) {
        return entrance.judge(request(clientId, user, token));
    }

    private static ConnectRequest request(String clientId, @Nullable String user, @Nullable String token) {
        return new ConnectRequest(
                "platform",
                "/192.0.2.1:5000",
                clientId,
                4,
                true,
                60,
                user,
                token == null ? null : token.getBytes(UTF_8),
                null);
    }
}
