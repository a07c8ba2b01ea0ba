package dev.edgegateway.gateway.access;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Admission.ReturnCode;
import dev.edgegateway.broker.Authenticator;
import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Will;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Lets clients in. An ordinary client gives a user name and its password; a platform-style device comes as user
 * {@code use-token-auth} with its token; a listener with {@code allow_anonymous} also takes those who give neither.
 * Where certificates name the user, whoever shows one has proved all; a device's bears {@code type:id} or its client id.
 *
 * <p>Who is let in by a line of a file loses the connection when the line is removed or gets another secret.
 *
 * <p>Thread: {@code broker} asks. A secret that was proved before is decided on there; every other one on thread
 * {@code access}, where {@link #close} ends what is waiting.
 */
public final class AccessControl implements Authenticator, BrokerListener, AutoCloseable {
    /**
     * What it stands on.
     *
     * @param anonymousListeners names of the listeners that let clients in without credentials.
     * @param users the file of users; null if there are none.
     * @param deviceTokens the file of the devices' tokens; null if there are none.
     */
    public record Setting(
            Set<String> anonymousListeners,
            @Nullable Path users,
            @Nullable Path deviceTokens) {
        public Setting {
            anonymousListeners = Set.copyOf(anonymousListeners);
        }
    }

    /** Whoever lost a line is out after that at the latest; sooner if somebody logs in. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** What a CONNECT has to prove. */
    private sealed interface Demand {
        record Nothing() implements Demand {}

        record Secret(CredentialSource source, String name, byte[] secret) implements Demand {}

        record Refusal(Admission.Refused refused) implements Demand {}
    }

    private final LanDevices devices;
    private final AccessRules rules;
    private final Set<String> anonymousListeners;
    private final @Nullable CredentialSource users;
    private final @Nullable CredentialSource deviceTokens;
    private final AccessWorker worker;
    private final LoginBrake brake;
    private final Logins logins = new Logins();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean watching = new AtomicBoolean();

    AccessControl(Setting setting, LanDevices devices, AccessRules rules, AccessWorker worker, LongSupplier nanoTime) {
        this.devices = devices;
        this.rules = rules;
        this.anonymousListeners = setting.anonymousListeners();
        this.worker = worker;
        this.brake = new LoginBrake(nanoTime);
        this.users = source(setting.users(), Credentials.Kind.USERS, nanoTime);
        this.deviceTokens = source(setting.deviceTokens(), Credentials.Kind.DEVICES, nanoTime);
    }

    /** Reads the files; one that cannot be read is logged, and lets nobody in until it can. */
    public static AccessControl open(Setting setting, LanDevices devices, AccessRules rules) {
        return new AccessControl(setting, devices, rules, new AccessThread(), System::nanoTime);
    }

    private @Nullable CredentialSource source(@Nullable Path file, Credentials.Kind kind, LongSupplier nanoTime) {
        return file == null ? null : new CredentialSource(file, kind, nanoTime, logins::changed);
    }

    /** @param disconnector ends the connection of the client with this id; called on any thread. */
    public void onRevoked(Consumer<String> disconnector) {
        logins.onRevoked(disconnector);
    }

    /** Logins that failed so far. Any thread. */
    public long failedLogins() {
        return failed.sum();
    }

    @Override
    public CompletionStage<Admission> authenticate(ConnectRequest request) {
        if (!(devices.admit(request.clientId()) instanceof Admission.Admitted identity)) {
            return CompletableFuture.completedFuture(devices.admit(request.clientId()));
        }
        return switch (demand(request, identity)) {
            case Demand.Nothing _ -> CompletableFuture.completedFuture(willing(request, identity));
            case Demand.Refusal(Admission.Refused refused) -> CompletableFuture.completedFuture(refused);
            case Demand.Secret demand -> prove(request, identity, demand);
        };
    }

    private Demand demand(ConnectRequest request, Admission.Admitted identity) {
        boolean anonymous = anonymousListeners.contains(request.listener());
        String user = request.userName();
        byte[] password = request.password();
        byte[] secret = password == null ? new byte[0] : password;
        if (request.certificateIsUser()) {
            return certified(request, identity);
        }
        if (identity.namespace() instanceof DeviceNamespace namespace) {
            if (anonymous) {
                return new Demand.Nothing();
            }
            if (!Names.TOKEN_USER.equals(user) || password == null) {
                return refusal("a device comes as user " + Names.TOKEN_USER + " with its token as the password");
            }
            return deviceTokens == null
                    ? refusal("listener '" + request.listener() + "' takes no devices (no access.device_tokens_file)")
                    : new Demand.Secret(
                            deviceTokens,
                            namespace.device().typeId() + ":"
                                    + namespace.device().deviceId(),
                            secret);
        }
        if (user == null) {
            return anonymous
                    ? new Demand.Nothing()
                    : refusal("listener '" + request.listener()
                            + "' takes no anonymous clients (allow_anonymous = false)");
        }
        if (users == null) {
            return anonymous
                    ? new Demand.Nothing()
                    : refusal("listener '" + request.listener() + "' knows no users (no access.users_file)");
        }
        return new Demand.Secret(users, user, secret);
    }

    /** The listener let the certificate's authority decide; what is left is whose device it may be. */
    private static Demand certified(ConnectRequest request, Admission.Admitted identity) {
        if (identity.namespace() instanceof DeviceNamespace namespace) {
            String device =
                    namespace.device().typeId() + ":" + namespace.device().deviceId();
            if (!device.equals(request.userName()) && !request.clientId().equals(request.userName())) {
                return refusal("the certificate of '" + Shown.of(String.valueOf(request.userName()))
                        + "' is not device " + device + "'s");
            }
        }
        return new Demand.Nothing();
    }

    private static Demand refusal(String why) {
        return new Demand.Refusal(new Admission.Refused(ReturnCode.NOT_AUTHORIZED, why));
    }

    private CompletionStage<Admission> prove(
            ConnectRequest request, Admission.Admitted identity, Demand.Secret demand) {
        CredentialSource source = demand.source();
        byte[] seal = source.seal(demand.name(), demand.secret());
        boolean knownBefore = source.knows(demand.name(), seal);
        if (knownBefore && source.isFresh()) {
            return CompletableFuture.completedFuture(
                    letIn(request, identity, demand, source.current().find(demand.name())));
        }
        LoginBrake.Attempt attempt = new LoginBrake.Attempt(LoginBrake.origin(request.remoteAddress()), demand.name());
        // Whoever was in before does not wait behind those who guess.
        boolean braked = !knownBefore;
        if (braked && !brake.enter(attempt)) {
            return busy("too many failed logins of " + attempt.address() + " or as " + Shown.of(demand.name()));
        }
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        boolean taken = worker.offer(() -> {
            try {
                decide(request, identity, demand, seal, attempt, braked, decision);
            } catch (RuntimeException e) {
                Logger.error(e, "A login could not be decided");
                release(attempt, braked);
                decision.completeExceptionally(e);
            }
        });
        if (!taken) {
            release(attempt, braked);
            return busy("too many logins at once");
        }
        return decision;
    }

    private static CompletionStage<Admission> busy(String why) {
        return CompletableFuture.completedFuture(new Admission.Refused(ReturnCode.SERVER_UNAVAILABLE, why));
    }

    /** Thread {@code access}. */
    private void decide(
            ConnectRequest request,
            Admission.Admitted identity,
            Demand.Secret demand,
            byte[] seal,
            LoginBrake.Attempt attempt,
            boolean braked,
            CompletableFuture<Admission> decision) {
        CredentialSource source = demand.source();
        source.refresh();
        PasswordHash proved = source.verify(demand.name(), demand.secret(), seal);
        if (proved != null) {
            release(attempt, braked);
            decision.complete(letIn(request, identity, demand, proved));
            return;
        }
        failed.increment();
        boolean known = source.current().find(demand.name()) != null;
        Admission refused = new Admission.Refused(
                ReturnCode.BAD_USER_NAME_OR_PASSWORD,
                (known ? "wrong secret of " : "unknown ") + source.kind().word() + " '" + Shown.of(demand.name())
                        + "'");
        Runnable refuse = () -> {
            release(attempt, braked);
            decision.complete(refused);
        };
        if (!worker.after(brake.failed(attempt), refuse)) {
            refuse.run();
        }
    }

    private void release(LoginBrake.Attempt attempt, boolean braked) {
        if (braked) {
            brake.leave(attempt);
        }
    }

    private Admission letIn(
            ConnectRequest request, Admission.Admitted identity, Demand.Secret demand, @Nullable PasswordHash by) {
        if (by == null) {
            return new Admission.Refused(ReturnCode.BAD_USER_NAME_OR_PASSWORD, "removed a moment ago");
        }
        Admission admission = willing(request, identity);
        if (admission instanceof Admission.Admitted) {
            logins.admitted(
                    request.remoteAddress(), new Logins.Login(request.clientId(), demand.source(), demand.name(), by));
        }
        return admission;
    }

    /** A Will that could never be published is said at once, and not when nobody is there to be told. */
    private Admission willing(ConnectRequest request, Admission.Admitted identity) {
        Will will = request.will();
        if (will == null
                || rules.rightsOf(
                                request.listener(),
                                request.clientId(),
                                request.userName(),
                                request.certificateIsUser(),
                                identity.namespace() instanceof DeviceNamespace)
                        .mayPublish(will.message().topic().value())) {
            return identity;
        }
        return new Admission.Refused(
                ReturnCode.NOT_AUTHORIZED,
                "its Will is on " + Shown.of(will.message().topic().value()) + ", where it may not publish");
    }

    @Override
    public void connected(ClientInfo client) {
        logins.connected(client);
        if (!logins.isEmpty()) {
            watch();
        }
    }

    /** Looks at the files once in a while for as long as anyone is in by a line of one. */
    private void watch() {
        if (watching.compareAndSet(false, true) && !worker.after(LOOK_AGAIN, this::lookAgain)) {
            watching.set(false);
        }
    }

    /** Thread {@code access}. */
    private void lookAgain() {
        watching.set(false);
        for (CredentialSource source : sources()) {
            source.refresh();
        }
        if (!logins.isEmpty()) {
            watch();
        }
    }

    private List<CredentialSource> sources() {
        return Stream.of(Optional.ofNullable(users), Optional.ofNullable(deviceTokens))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void disconnected(ClientInfo client, DisconnectReason reason, Traffic traffic, Instant at) {
        logins.disconnected(client, reason, traffic, at);
        rules.forget(client);
    }

    /** Ends thread {@code access}; who waits for a decision gets none. Idempotent. */
    @Override
    public void close() {
        worker.close();
    }
}
