package dev.edgegateway.platform;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Admission.ReturnCode;
import dev.edgegateway.broker.Authenticator;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads who a client is from its client id, and checks its credentials. Keeps no state. */
final class Entrance implements Authenticator {
    /** CloseCode of a client id that is not valid; the broker's own reasons have no such code. */
    static final int CLIENT_ID_INVALID = 166;

    private static final String TOKEN_USER = "use-token-auth";

    private final String organization;
    private final Credentials credentials;
    private final CompletionStage<Void> open;

    /** @param open nobody is let in before this completes. */
    Entrance(String organization, Credentials credentials, CompletionStage<Void> open) {
        this.organization = organization;
        this.credentials = credentials;
        this.open = open;
    }

    /** What a CONNECT comes to. */
    sealed interface Judgement {
        record Welcome(ClientIdentity identity) implements Judgement {}

        /**
         * Turned away.
         *
         * @param claimed who it said it is; null if that cannot be told.
         */
        record TurnedAway(
                ReturnCode returnCode,
                int closeCode,
                String why,
                @Nullable ClientIdentity claimed) implements Judgement {}
    }

    @Override
    public CompletionStage<Admission> authenticate(ConnectRequest request) {
        Admission admission = switch (judge(request)) {
            case Judgement.Welcome welcome -> new Admission.Admitted(PlatformNamespace.of(welcome.identity()));
            case Judgement.TurnedAway refusal -> new Admission.Refused(refusal.returnCode(), refusal.why());
        };
        return open.thenApply(ready -> admission);
    }

    /** Always the same answer for the same request. */
    Judgement judge(ConnectRequest request) {
        String[] parts = request.clientId().split(":", 3);
        String clientClass = parts[0];
        if (clientClass.equals("A")) {
            return notAuthorized("shared-subscription applications (A:) are not served by this emulator", null);
        }
        boolean known = clientClass.equals("d") || clientClass.equals("g") || clientClass.equals("a");
        if (!known || parts.length < 2) {
            return notAuthorized("the client id is of no class: d:, g: or a:, followed by the organization", null);
        }
        if (!parts[1].equals(organization)) {
            return notAuthorized("the client id names an unknown organization", null);
        }
        ClientIdentity identity = identity(clientClass, parts.length < 3 ? "" : parts[2]);
        if (identity == null) {
            return new Judgement.TurnedAway(
                    ReturnCode.IDENTIFIER_REJECTED,
                    CLIENT_ID_INVALID,
                    "the client id is not " + shape(clientClass) + ", each 1 to 36 characters of A-Z a-z 0-9 - _ .",
                    null);
        }
        return hasCredentials(identity, request)
                ? new Judgement.Welcome(identity)
                : notAuthorized("wrong or missing credentials", identity);
    }

    private static Judgement notAuthorized(String why, @Nullable ClientIdentity claimed) {
        return new Judgement.TurnedAway(
                ReturnCode.NOT_AUTHORIZED, DisconnectReason.NOT_AUTHORIZED.closeCode(), why, claimed);
    }

    private static String shape(String clientClass) {
        return clientClass.equals("a") ? "a:{org}:{app}" : clientClass + ":{org}:{type}:{id}";
    }

    private static @Nullable ClientIdentity identity(String clientClass, String rest) {
        if (clientClass.equals("a")) {
            return Ids.isPart(rest) ? new ClientIdentity.Application(rest) : null;
        }
        String[] names = rest.split(":", -1);
        if (names.length != 2 || !Ids.isPart(names[0]) || !Ids.isPart(names[1])) {
            return null;
        }
        return clientClass.equals("d")
                ? new ClientIdentity.Device(names[0], names[1])
                : new ClientIdentity.Gateway(names[0], names[1]);
    }

    private boolean hasCredentials(ClientIdentity identity, ConnectRequest request) {
        String user = request.userName();
        if (user == null) {
            return false;
        }
        return switch (identity) {
            case ClientIdentity.Device device ->
                user.equals(TOKEN_USER) && credentials.admitDevice(device, request.password());
            case ClientIdentity.Gateway gateway ->
                user.equals(TOKEN_USER) && credentials.admitGateway(gateway, request.password());
            case ClientIdentity.Application application -> credentials.admitApplication(user, request.password());
        };
    }

    /** Whether a user name says something about the client, and so is shown in monitoring messages. */
    static boolean isTelling(@Nullable String userName) {
        return userName != null && !userName.equals(TOKEN_USER);
    }
}
