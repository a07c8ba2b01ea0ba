package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgegateway.gateway.access.AccessRule;
import dev.edgegateway.gateway.access.AccessRule.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessConfigTest {
    private static final String HASH =
            "$6$DsjLiag3/TG8N1Yk$K5y2m+lyDTkA/6Zflre7SOUa2AVEZl1+jI+PtC4dx2oS/kNr52Wx8ounSjvJ6/YJ8KMeHoqKMJWv0YNr4KYkzg==";
    private static final String CLOSED =
            ConfigFolder.MINIMAL.replace("allow_anonymous = true", "allow_anonymous = false");

    @TempDir
    Path folder;

    private ConfigFolder closedAnd(String more) {
        return new ConfigFolder(folder)
                .withSecret("users", "alice:" + HASH + "\n")
                .with("gateway.toml", CLOSED + more);
    }

    @Test
    void withUsersAClosedListenerIsNothingToWarnOf() throws ConfigException {
        ConfigFolder files = closedAnd("[access]\nusers_file = \"users\"\n");

        assertEquals(List.of(), files.problems());
        assertEquals(
                new AccessConfig(folder.resolve("users"), null, List.of()),
                files.config().access());
    }

    @Test
    void withoutUsersItIs() {
        assertEquals(
                List.of("5:19 warning: listener.allow_anonymous is false, so this listener lets nobody in: there are no"
                        + " users; set users_file in [access], or set this to true on a loopback address to let"
                        + " local clients in"),
                closedAnd("").problems());
    }

    @Test
    void aFileThatIsNotThereYetIsAWarning() {
        assertEquals(
                List.of("7:14 warning: access.users_file is nobody, which does not exist yet, so no user can log in;"
                        + " edge-gateway user add NAME makes it"),
                closedAnd("[access]\nusers_file = \"nobody\"\n").problems());
    }

    @Test
    void linesThatAreNotUnderstoodAreWarnedOf() {
        assertEquals(
                List.of(
                        "7:22 warning: access.device_tokens_file is tokens, whose line 2 holds no type:id:hash; that line"
                                + " admits nobody"),
                closedAnd("[access]\ndevice_tokens_file = \"tokens\"\n")
                        .withSecret("tokens", "# ours\npump\npump:p1:" + HASH + "\n")
                        .problems());
    }

    @Test
    void aFileThatEveryoneMayReadIsWarnedOf() throws Exception {
        ConfigFolder files = closedAnd("[access]\nusers_file = \"open\"\n").with("open", "");
        Files.setPosixFilePermissions(files.path("open"), PosixFilePermissions.fromString("rw-r--r--"));

        assertEquals(
                List.of(
                        "7:14 warning: access.users_file is open, which every user of this machine may read; chmod o-rwx"
                                + " open"),
                files.problems());
    }

    @Test
    void rulesAreReadInTheirOrder() throws ConfigException {
        AccessConfig access = closedAnd("""
                [access]
                users_file = "users"
                [[access.rule]]
                users = ["alice", "b*"]
                topic = "plant/%u/#"
                allow = ["publish", "subscribe"]
                [[access.rule]]
                clients = "probe-*"
                listeners = "tcp"
                topic = "#"
                deny = "receive"
                """).config().access();

        assertEquals(
                List.of(
                        new AccessRule(
                                List.of("alice", "b*"),
                                List.of(),
                                List.of(),
                                "plant/%u/#",
                                true,
                                EnumSet.allOf(Action.class)),
                        new AccessRule(
                                List.of(), List.of("probe-*"), List.of("tcp"), "#", false, EnumSet.of(Action.RECEIVE))),
                access.rules());
    }

    @Test
    void rulesMayStandAloneAndInOtherFiles() throws ConfigException {
        ConfigFolder files = new ConfigFolder(folder)
                .with("gateway.toml", ConfigFolder.MINIMAL + "[[access.rule]]\ntopic = \"a\"\ndeny = \"publish\"\n")
                .with("conf.d/more.toml", "[[access.rule]]\ntopic = \"b\"\ndeny = \"publish\"\n");

        assertEquals(
                List.of("a", "b"),
                files.config().access().rules().stream().map(AccessRule::topic).toList());
    }

    @Test
    void whatIsWrongWithARuleIsSaidWhereItStands() {
        assertEquals(
                List.of(
                        "8:1 error: access.rule.allow is missing; give allow or deny, as in allow = [\"publish\","
                                + " \"subscribe\"]",
                        "9:9 error: access.rule.topic is \"a/#/b\" ('#' must be the whole last level of topic filter"
                                + " 'a/#/b'); expected a topic filter, as in \"plant/+/temperature\" or \"users/%u/#\"",
                        "11:1 error: access.rule.allow is a list (\"read\" does not fit); for each: expected \"publish\" or \"subscribe\" or"
                                + " \"receive\"",
                        "14:1 error: access.rule.user is not a known key; did you mean `users`?",
                        "16:8 error: access.rule.deny and allow exclude each other; write two rules",
                        "18:13 error: access.rule.listeners names \"tls\", and there is no such listener; the known ones"
                                + " are tcp",
                        "19:1 error: access.rule.topic is missing; expected a topic filter, as in"
                                + " \"plant/+/temperature\" or \"users/%u/#\""),
                closedAnd("""
                        [access]
                        users_file = "users"
                        [[access.rule]]
                        topic = "a/#/b"
                        [[access.rule]]
                        allow = ["publish", "read"]
                        topic = "a"
                        [[access.rule]]
                        user = "alice"
                        allow = "publish"
                        deny = "subscribe"
                        topic = "a"
                        listeners = "tls"
                        [[access.rule]]
                        allow = "publish"
                        """).problems());
    }

    @Test
    void aRuleForUsersWithoutAFileOfThemIsWarnedOf() {
        assertEquals(
                List.of("7:9 warning: access.rule.users names users, and there are none, so the rule is for nobody; set"
                        + " users_file in [access]"),
                new ConfigFolder(folder)
                        .with(
                                "gateway.toml",
                                ConfigFolder.MINIMAL
                                        + "[[access.rule]]\nusers = \"alice\"\ntopic = \"a\"\nallow = \"publish\"\n")
                        .problems());
    }

    @Test
    void aKeyThatIsNotOneIsSaid() {
        assertEquals(
                List.of("7:1 error: access.user_file is not a known key; did you mean `users_file`?"),
                new ConfigFolder(folder)
                        .with("gateway.toml", ConfigFolder.MINIMAL + "[access]\nuser_file = \"users\"\n")
                        .problems());
    }
}
