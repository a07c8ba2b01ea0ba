package dev.edgegateway.gateway.config;

import dev.edgegateway.gateway.access.AccessRule;
import dev.edgegateway.gateway.access.AccessRule.Action;
import dev.edgegateway.gateway.access.CredentialFile;
import dev.edgegateway.gateway.access.Credentials;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code [access]} and its {@code [[access.rule]]}. */
final class AccessSection {
    /** What is said of one file of hashes; the rest waits until these lines are mended. */
    private static final int MAX_LINES_SAID = 10;

    private static final Key<Path> USERS_FILE = Key.optional(
            "users_file",
            Kinds.path(),
            "there are no users",
            "The file of users and the hashes of their passwords, `name:hash` a line; `edge-gateway user` writes it, and"
                    + " password files of Mosquitto are read too. A change counts without a restart.");
    private static final Key<Path> DEVICE_TOKENS_FILE = Key.optional(
            "device_tokens_file",
            Kinds.path(),
            "no device can log in",
            "The file of devices and the hashes of their tokens, `type:id:hash` a line; `edge-gateway user add --device"
                    + " TYPE:ID` writes it. With it devices come in as `d:{org}:{type}:{id}` on listeners that are not"
                    + " anonymous, as user `use-token-auth` with the token as the password.");

    static final Section SECTION = new Section(
            "access",
            false,
            "Who gets in. Without it only listeners with `allow_anonymous` let anyone in.",
            List.of(USERS_FILE, DEVICE_TOKENS_FILE));

    private static final Key<List<String>> USERS = Key.optional(
            "users",
            Kinds.list(Kinds.text(256)),
            "everyone, also clients without a user name",
            "Patterns for the user name, in which `*` stands for anything: `\"*\"` is every named user.");
    private static final Key<List<String>> CLIENTS = Key.optional(
            "clients",
            Kinds.list(Kinds.text(256)),
            "every client",
            "Patterns for the client id, in which `*` stands for anything.");
    static final Key<List<String>> LISTENERS =
            Key.optional("listeners", Kinds.list(Kinds.identifier()), "every listener", "Names of listeners.");
    private static final Key<String> TOPIC = Key.required(
            "topic",
            Kinds.ruleTopic(),
            "The topics, as the client writes them. `%u` in it is the user name, `%c` the client id.");
    private static final Key<List<Action>> ALLOW = Key.optional(
            "allow",
            Kinds.list(Kinds.word(actions())),
            "the rule denies",
            "What the clients may do with the topics. `subscribe` takes `receive` along.");
    private static final Key<List<Action>> DENY = Key.optional(
            "deny",
            Kinds.list(Kinds.word(actions())),
            "the rule allows",
            "What the clients may not do with the topics.");

    static final Section RULE = new Section(
            "access.rule",
            true,
            "What clients may do. The first rule that fits client, topic and action counts. Where none fits, a client"
                    + " without a name may do everything, and one that logged in may do nothing; without any rules it may"
                    + " use every topic that does not start with `$`. A device's own `iot-2/...` topics are always its"
                    + " own. Publishing on `iot-2/type/...`, `iotdevice-1/...`, `iotdm-1/...`, `edge-gateway/status`,"
                    + " `edge-gateway/sensors/...` and the topics of sensors needs a rule that allows it and whose topic"
                    + " does not start with a wildcard.",
            List.of(USERS, CLIENTS, LISTENERS, TOPIC, ALLOW, DENY));

    private final TableReader table;
    private final Surroundings surroundings;

    private AccessSection(TableReader table, Surroundings surroundings) {
        this.table = table;
        this.surroundings = surroundings;
    }

    /** @param rules the tables of the rules. */
    static AccessConfig read(TableReader table, List<TableReader> rules, Surroundings surroundings) {
        AccessSection section = new AccessSection(table, surroundings);
        rules.forEach(section::warnOfUsersThatCannotBe);
        return new AccessConfig(
                section.file(USERS_FILE, Credentials.Kind.USERS),
                section.file(DEVICE_TOKENS_FILE, Credentials.Kind.DEVICES),
                rules.stream()
                        .map(AccessSection::rule)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Where the files are, without a look at them. */
    static AccessConfig readPaths(TableReader table, Surroundings surroundings) {
        return new AccessConfig(
                table.find(USERS_FILE).map(surroundings::resolve).orElse(null),
                table.find(DEVICE_TOKENS_FILE).map(surroundings::resolve).orElse(null),
                List.of());
    }

    private @Nullable Path file(Key<Path> key, Credentials.Kind kind) {
        Path file = table.find(key).map(surroundings::resolve).orElse(null);
        if (file != null) {
            check(key, file, kind);
        }
        return file;
    }

    private void check(Key<Path> key, Path file, Credentials.Kind kind) {
        String add = kind == Credentials.Kind.USERS ? "user add NAME" : "user add --device TYPE:ID";
        try {
            List<Credentials.Problem> problems = CredentialFile.read(file, kind).problems();
            problems.stream()
                    .limit(MAX_LINES_SAID)
                    .forEach(problem ->
                            table.warning(key, "is " + file + ", whose " + problem, "that line admits nobody"));
            if (problems.size() > MAX_LINES_SAID) {
                table.warning(
                        key,
                        "is " + file + ", where " + (problems.size() - MAX_LINES_SAID)
                                + " more lines are not understood",
                        "they admit nobody");
            }
        } catch (NoSuchFileException e) {
            table.warning(
                    key,
                    "is " + file + ", which does not exist yet, so no " + kind.word() + " can log in",
                    "edge-gateway " + add + " makes it");
        } catch (AccessDeniedException e) {
            table.error(
                    key,
                    "is " + file + ", which this user may not read",
                    "run as the gateway's user, or let it read the file");
        } catch (IOException e) {
            table.error(key, "cannot be used (" + e.getMessage() + ")", "expected one " + kind.word() + " a line");
        }
        if (othersMayRead(file)) {
            table.warning(key, "is " + file + ", which every user of this machine may read", "chmod o-rwx " + file);
        }
    }

    private void warnOfUsersThatCannotBe(TableReader rule) {
        if (rule.has(USERS) && !table.has(USERS_FILE)) {
            rule.warning(
                    USERS, "names users, and there are none, so the rule is for nobody", "set users_file in [access]");
        }
    }

    private static boolean othersMayRead(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static Optional<AccessRule> rule(TableReader table) {
        table.refuseOthers(RULE.keys());
        List<String> users = table.find(USERS).orElse(List.of());
        List<String> clients = table.find(CLIENTS).orElse(List.of());
        List<String> listeners = table.find(LISTENERS).orElse(List.of());
        String topic = table.get(TOPIC);
        Optional<List<Action>> allow = table.find(ALLOW);
        Optional<List<Action>> deny = table.find(DENY);
        if (table.has(ALLOW) && table.has(DENY)) {
            table.error(DENY, "and allow exclude each other", "write two rules");
        } else if (!table.has(ALLOW) && !table.has(DENY)) {
            table.missing(ALLOW, "give allow or deny, as in allow = [\"publish\", \"subscribe\"]");
        }
        if (!table.clean()) {
            return Optional.empty();
        }
        return Optional.of(new AccessRule(
                users,
                clients,
                listeners,
                topic,
                allow.isPresent(),
                EnumSet.copyOf(allow.or(() -> deny).orElseThrow())));
    }

    private static Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("publish", Action.PUBLISH);
        actions.put("subscribe", Action.SUBSCRIBE);
        actions.put("receive", Action.RECEIVE);
        return actions;
    }
}
