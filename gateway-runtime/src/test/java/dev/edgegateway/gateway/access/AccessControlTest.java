package dev.edgegateway.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Admission.Admitted;
import dev.edgegateway.broker.Admission.Refused;
import dev.edgegateway.broker.Admission.ReturnCode;
import dev.edgegateway.broker.BrokerListener.Traffic;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.Will;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessControlTest {
    private static final String CLOSED = "closed";
    private static final String OPEN = "open";
    private static final Argon2id.Cost CHEAP = new Argon2id.Cost(64, 1, 1);
    private static final String RIGHT = "the right secret";

    @TempDir
    Path folder;

    private final FakeAccessWorker worker = new FakeAccessWorker();
    private final List<String> thrownOut = new ArrayList<>();
    private Path users = Path.of("");
    private Path devices = Path.of("");
    private int port = 1000;

    @BeforeEach
    void makeFiles() throws IOException {
        users = folder.resolve("users");
        devices = folder.resolve("devices");
        write(
                users,
                "alice:" + hash(RIGHT),
                "old:$6$DsjLiag3/TG8N1Yk$K5y2m+lyDTkA/6Zflre7SOUa2AVEZl1+jI+PtC4dx2oS"
                        + "/kNr52Wx8ounSjvJ6/YJ8KMeHoqKMJWv0YNr4KYkzg==",
                "broken:" + RIGHT);
        write(devices, "pump:p1:" + hash(RIGHT));
    }

    private static String hash(String secret) {
        return Argon2idHash.of(secret.getBytes(UTF_8), CHEAP).toString();
    }

    /** As an editor would that replaces the file, so that no two versions are taken for the same. */
    private void write(Path file, String... lines) throws IOException {
        Path fresh = Files.write(folder.resolve("fresh"), List.of(lines));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private AccessControl control() {
        return control(users, devices);
    }

    private AccessControl control(@Nullable Path users, @Nullable Path devices, AccessRule... rules) {
        AccessControl control = new AccessControl(
                new AccessControl.Setting(Set.of(OPEN), users, devices),
                new LanDevices("org001", null),
                new AccessRules(new AccessRules.Setting(List.of(rules), Set.of(OPEN), users != null, Set.of())),
                worker,
                worker::nanoTime);
        control.onRevoked(thrownOut::add);
        return control;
    }

    private ConnectRequest connect(
            String listener, String clientId, @Nullable String user, @Nullable String secret, @Nullable Will will) {
        return new ConnectRequest(
                listener,
                "/192.0.2.1:" + port++,
                clientId,
                4,
                true,
                60,
                user,
                secret == null ? null : secret.getBytes(UTF_8),
                will);
    }

    private CompletableFuture<Admission> ask(
            AccessControl control, String listener, String clientId, @Nullable String user, @Nullable String secret) {
        return control.authenticate(connect(listener, clientId, user, secret, null))
                .toCompletableFuture();
    }

    private Admission decided(CompletableFuture<Admission> decision) {
        worker.work();
        assertTrue(decision.isDone(), "not decided yet");
        return decision.join();
    }

    private void assertRefused(ReturnCode code, String why, CompletableFuture<Admission> decision) {
        Refused refused = assertInstanceOf(Refused.class, decided(decision));
        assertEquals(code, refused.returnCode());
        assertTrue(refused.why().contains(why), refused.why());
    }

    @Test
    void theRightPasswordIsLetInAndNothingElseIs() {
        AccessControl control = control();

        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "alice", RIGHT)));
        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "old", "correct horse battery")));
        assertRefused(
                ReturnCode.BAD_USER_NAME_OR_PASSWORD, "wrong secret", ask(control, CLOSED, "c", "alice", "wrong"));
        assertRefused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "wrong secret", ask(control, CLOSED, "c", "alice", null));
        assertRefused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "unknown user", ask(control, CLOSED, "c", "bob", RIGHT));
    }

    @Test
    void aLineThatIsNotUnderstoodLetsNobodyIn() {
        AccessControl control = control();

        assertRefused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "unknown user", ask(control, CLOSED, "c", "broken", RIGHT));
        assertRefused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "unknown user", ask(control, CLOSED, "c", "# comment", ""));
    }

    @Test
    void aClosedListenerWantsCredentials() {
        assertRefused(ReturnCode.NOT_AUTHORIZED, "'closed'", ask(control(), CLOSED, "c", null, null));
        assertRefused(
                ReturnCode.NOT_AUTHORIZED,
                "no access.users_file",
                ask(control(null, null), CLOSED, "c", "alice", RIGHT));
    }

    @Test
    void anOpenListenerTakesThoseWithoutANameAndChecksTheOthersIfItCan() {
        assertEquals(Admission.PLAIN, ask(control(), OPEN, "c", null, null).join());
        assertEquals(Admission.PLAIN, decided(ask(control(), OPEN, "c", "alice", RIGHT)));
        assertRefused(
                ReturnCode.BAD_USER_NAME_OR_PASSWORD, "wrong secret", ask(control(), OPEN, "c", "alice", "wrong"));
        assertEquals(
                Admission.PLAIN,
                ask(control(null, null), OPEN, "c", "anyone", "anything").join());
    }

    @Test
    void aCertificateThatNamesTheUserIsEnough() {
        AccessControl control = control();

        ConnectRequest request = connect(CLOSED, "c", "alice", "wrong", null).certified("pump-1", true);
        assertEquals(
                Admission.PLAIN,
                control.authenticate(request).toCompletableFuture().join());
    }

    @Test
    void aCertificateThatDoesNotNameTheUserLetsNobodyIn() {
        ConnectRequest request = connect(CLOSED, "c", "pump-1", null, null).certified("pump-1", false);

        assertRefused(
                ReturnCode.BAD_USER_NAME_OR_PASSWORD,
                "unknown user",
                control().authenticate(request).toCompletableFuture());
    }

    @Test
    void aDevicesCertificateBearsItsName() {
        AccessControl control = control();
        for (String name : List.of("pump:p1", "d:org001:pump:p1")) {
            ConnectRequest request =
                    connect(CLOSED, "d:org001:pump:p1", null, null, null).certified(name, true);
            assertInstanceOf(
                    Admitted.class,
                    control.authenticate(request).toCompletableFuture().join());
        }
        ConnectRequest other =
                connect(CLOSED, "d:org001:pump:p1", null, null, null).certified("pump:p2", true);
        assertRefused(
                ReturnCode.NOT_AUTHORIZED,
                "is not device pump:p1's",
                control.authenticate(other).toCompletableFuture());
    }

    @Test
    void aDeviceComesWithItsOwnToken() {
        AccessControl control = control();

        Admitted admitted = assertInstanceOf(
                Admitted.class, decided(ask(control, CLOSED, "d:org001:pump:p1", "use-token-auth", RIGHT)));
        assertInstanceOf(DeviceNamespace.class, admitted.namespace());
        assertRefused(
                ReturnCode.BAD_USER_NAME_OR_PASSWORD,
                "wrong secret of device 'pump:p1'",
                ask(control, CLOSED, "d:org001:pump:p1", "use-token-auth", "wrong"));
        assertRefused(
                ReturnCode.BAD_USER_NAME_OR_PASSWORD,
                "unknown device 'pump:p2'",
                ask(control, CLOSED, "d:org001:pump:p2", "use-token-auth", RIGHT));
        assertRefused(
                ReturnCode.NOT_AUTHORIZED, "use-token-auth", ask(control, CLOSED, "d:org001:pump:p1", "alice", RIGHT));
        assertRefused(
                ReturnCode.NOT_AUTHORIZED,
                "use-token-auth",
                ask(control, CLOSED, "d:org001:pump:p1", "use-token-auth", null));
        assertRefused(
                ReturnCode.NOT_AUTHORIZED,
                "no access.device_tokens_file",
                ask(control(users, null), CLOSED, "d:org001:pump:p1", "use-token-auth", RIGHT));
    }

    @Test
    void anOpenListenerTakesDevicesWithAnyTokenAndNoneOfAnotherOrganization() {
        assertInstanceOf(
                Admitted.class,
                ask(control(), OPEN, "d:org001:pump:p9", "use-token-auth", "any")
                        .join());
        assertRefused(ReturnCode.NOT_AUTHORIZED, "org002", ask(control(), OPEN, "d:org002:pump:p1", null, null));
    }

    @Test
    void whoWasInBeforeIsDecidedOnWithoutWaiting() {
        AccessControl control = control();
        decided(ask(control, CLOSED, "c", "alice", RIGHT));

        assertEquals(Admission.PLAIN, ask(control, CLOSED, "c", "alice", RIGHT).join());
        assertEquals(0, worker.waiting());
        assertFalse(ask(control, CLOSED, "c", "alice", RIGHT + "x").isDone(), "another secret is not known");
    }

    @Test
    void aSecretThatWasChangedIsNotRememberedAnyMore() throws IOException {
        AccessControl control = control();
        decided(ask(control, CLOSED, "c", "alice", RIGHT));
        write(users, "alice:" + hash("another secret"));
        worker.pass(Duration.ofSeconds(2));

        assertRefused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "wrong", ask(control, CLOSED, "c", "alice", RIGHT));
        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "alice", "another secret")));
    }

    @Test
    void aNewUserIsLetInAtOnce() throws IOException {
        AccessControl control = control();
        write(users, "bob:" + hash(RIGHT));

        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "bob", RIGHT)));
    }

    @Test
    void aFileThatIsGoneIsNotTakenForAnEmptyOne() throws IOException {
        AccessControl control = control();
        Files.delete(users);

        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "alice", RIGHT)));
    }

    @Test
    void aFileThatIsMadeLaterIsTaken() throws IOException {
        Path later = folder.resolve("later");
        AccessControl control = control(later, null);
        assertRefused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "unknown", ask(control, CLOSED, "c", "alice", RIGHT));
        write(later, "alice:" + hash(RIGHT));

        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "alice", RIGHT)));
    }

    @Test
    void whoLosesTheLineLosesTheConnection() throws IOException {
        AccessControl control = control();
        ClientInfo alice = come(control, "c-alice", "alice", RIGHT);
        ClientInfo old = come(control, "c-old", "old", "correct horse battery");
        ClientInfo gone = come(control, "c-gone", "alice", RIGHT);
        control.disconnected(gone, DisconnectReason.CLIENT_DISCONNECT, new Traffic(0, 0, 0, 0), Instant.EPOCH);
        String kept = Files.readAllLines(users).get(1);

        write(users, kept);
        worker.pass(Duration.ofSeconds(2));
        ask(control, CLOSED, "x", "nobody", "nothing");
        worker.work();

        assertEquals(List.of("c-alice"), thrownOut);
        assertEquals("c-alice", alice.clientId());
        assertEquals("c-old", old.clientId());
    }

    @Test
    void whoLosesTheLineLosesTheConnectionEvenIfNobodyElseLogsIn() throws IOException {
        AccessControl control = control();
        ClientInfo alice = come(control, "c-alice", "alice", RIGHT);
        worker.pass(Duration.ofSeconds(60));
        assertEquals(List.of(), thrownOut);
        write(users, "# nobody");
        for (int i = 0; i < 3; i++) {
            worker.pass(Duration.ofSeconds(1));
        }
        assertEquals(List.of("c-alice"), thrownOut);
        control.disconnected(alice, DisconnectReason.NOT_AUTHORIZED, new Traffic(0, 0, 0, 0), Instant.EPOCH);
        worker.pass(Duration.ofSeconds(2));

        assertEquals(0, worker.delayed(), "with nobody in nobody looks");
    }

    @Test
    void whoLosesTheLineBetweenBeingLetInAndConnectedLosesTheConnectionToo() throws IOException {
        AccessControl control = control();
        ConnectRequest request = connect(CLOSED, "c", "alice", RIGHT, null);
        decided(control.authenticate(request).toCompletableFuture());
        write(users, "# nobody");
        ask(control, CLOSED, "x", "nobody", "nothing");
        worker.work();
        assertEquals(List.of(), thrownOut);

        control.connected(info(request));

        assertEquals(List.of("c"), thrownOut);
    }

    private ClientInfo come(AccessControl control, String clientId, String user, String secret) {
        ConnectRequest request = connect(CLOSED, clientId, user, secret, null);
        assertInstanceOf(Admitted.class, decided(control.authenticate(request).toCompletableFuture()));
        ClientInfo info = info(request);
        control.connected(info);
        return info;
    }

    private static ClientInfo info(ConnectRequest request) {
        return new ClientInfo(
                request.clientId(),
                request.userName(),
                request.listener(),
                request.remoteAddress(),
                request.protocolLevel(),
                request.cleanSession(),
                Namespace.PLAIN,
                Instant.EPOCH);
    }

    @Test
    void theFirstWrongPasswordsAreRefusedAtOnceAndTheNextOnesLater() {
        AccessControl control = control();
        for (int i = 0; i < 3; i++) {
            assertRefused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "wrong", ask(control, CLOSED, "c", "alice", "guess"));
        }
        CompletableFuture<Admission> fourth = ask(control, CLOSED, "c", "alice", "guess");
        worker.pass(Duration.ofMillis(499));
        assertFalse(fourth.isDone());
        worker.pass(Duration.ofMillis(1));
        assertTrue(fourth.isDone());
        CompletableFuture<Admission> fifth = ask(control, CLOSED, "c", "alice", "guess");
        worker.pass(Duration.ofMillis(999));
        assertFalse(fifth.isDone());
        worker.pass(Duration.ofMillis(1));
        assertTrue(fifth.isDone());
        assertEquals(5, control.failedLogins());
    }

    @Test
    void whoGuessesHoldsUpNobodyWhoKnowsThePassword() {
        AccessControl control = control();
        for (int i = 0; i < 7; i++) {
            ask(control, CLOSED, "c", "alice", "guess");
            worker.work();
        }
        assertEquals(4, worker.delayed());

        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "alice", RIGHT)));
    }

    @Test
    void whoGuessesManyAtOnceIsNotEvenHeard() {
        AccessControl control = control();
        for (int i = 0; i < 100; i++) {
            ask(control, CLOSED, "c", "user" + i, "guess");
            worker.work();
        }

        assertRefused(
                ReturnCode.SERVER_UNAVAILABLE, "too many failed logins", ask(control, CLOSED, "c", "alice", RIGHT));
        assertEquals(FailureTable.MAX_UNDECIDED, worker.delayed());
        worker.pass(Duration.ofSeconds(10));
        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "alice", RIGHT)));
    }

    @Test
    void whoWasInBeforeComesBackWhateverItsAddressDoes() {
        AccessControl control = control();
        decided(ask(control, CLOSED, "c", "alice", RIGHT));
        for (int i = 0; i < 100; i++) {
            ask(control, CLOSED, "c", "alice", "guess");
            worker.work();
        }

        assertEquals(Admission.PLAIN, ask(control, CLOSED, "c", "alice", RIGHT).join());
        worker.pass(Duration.ofMillis(1500));
        assertEquals(Admission.PLAIN, decided(ask(control, CLOSED, "c", "alice", RIGHT)));
    }

    @Test
    void moreLoginsThanCanWaitAreToldToComeLater() {
        worker.withRoomFor(1);
        AccessControl control = control();
        CompletableFuture<Admission> first = ask(control, CLOSED, "c", "alice", RIGHT);

        assertToldToComeLater(ask(control, CLOSED, "d", "alice", RIGHT));
        assertEquals(Admission.PLAIN, decided(first));
    }

    private static void assertToldToComeLater(CompletableFuture<Admission> decision) {
        assertTrue(decision.isDone());
        Refused refused = assertInstanceOf(Refused.class, decision.join());
        assertEquals(ReturnCode.SERVER_UNAVAILABLE, refused.returnCode());
        assertEquals("too many logins at once", refused.why());
    }

    @Test
    void aWillWhereTheClientMayNotPublishIsSaidAtOnce() {
        AccessControl control = control();
        Will spoofed =
                new Will(new Message(new TopicName("edge-gateway/status"), new byte[0], Qos.AT_LEAST_ONCE, true));
        Will fine = new Will(new Message(new TopicName("alice/status"), new byte[0], Qos.AT_LEAST_ONCE, true));

        assertRefused(
                ReturnCode.NOT_AUTHORIZED,
                "Will",
                control.authenticate(connect(CLOSED, "c", "alice", RIGHT, spoofed))
                        .toCompletableFuture());
        assertRefused(
                ReturnCode.NOT_AUTHORIZED,
                "Will",
                control.authenticate(connect(OPEN, "c", null, null, spoofed)).toCompletableFuture());
        assertEquals(
                Admission.PLAIN,
                decided(control.authenticate(connect(CLOSED, "c", "alice", RIGHT, fine))
                        .toCompletableFuture()));
    }

    @Test
    void afterTheEndNobodyIsLetIn() {
        AccessControl control = control();
        control.close();
        control.close();

        assertRefused(ReturnCode.SERVER_UNAVAILABLE, "too many", ask(control, CLOSED, "c", "alice", RIGHT));
    }
}
