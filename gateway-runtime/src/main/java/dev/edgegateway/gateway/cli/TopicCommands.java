package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.control.BrokerView;
import dev.edgegateway.gateway.control.BrokerView.RetainedTopics;
import dev.edgegateway.gateway.control.BrokerView.Topics;
import dev.edgegateway.gateway.control.ControlClient;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code edge-gateway retained} and {@code edge-gateway topic}. */
final class TopicCommands {
    private static final String CUT = "edge-gateway: the list is longer than one answer; this is its beginning";

    private TopicCommands() {}

    @Command(name = "list", description = "Lists topics with a retained message, without what it says.")
    static final class RetainedList extends GatewayQuestion {
        @Parameters(
                paramLabel = "FILTER",
                arity = "0..1",
                defaultValue = "#",
                description = "Only topics it matches; $SYS/# for the gateway's own figures.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
        private String filter;

        @Option(names = "--json", description = "Prints one JSON object.")
        private boolean json;

        RetainedList(Terminal terminal) {
            super(terminal);
        }

        @Override
        void ask(ControlClient gateway) throws IOException {
            RetainedTopics answer =
                    gateway.ask(RetainedTopics.class, Map.of("command", "retained-list", "filter", filter));
            if (json) {
                terminal().out().println(answer.toJson());
                return;
            }
            TextTable table = new TextTable("TOPIC", "BYTES", "QOS");
            answer.topics()
                    .forEach(topic ->
                            table.row(topic.topic(), Integer.toString(topic.bytes()), Integer.toString(topic.qos())));
            terminal().out().print(table.text());
            if (!answer.complete()) {
                terminal().err().println(CUT);
            }
        }
    }

    @Command(name = "clear", description = "Forgets retained messages. Subscribers are not told.")
    static final class RetainedClear extends GatewayQuestion {
        @Parameters(paramLabel = "FILTER", description = "The topics; '#' is all of them.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
        private String filter;

        @Option(names = "--json", description = "Prints one JSON object.")
        private boolean json;

        RetainedClear(Terminal terminal) {
            super(terminal);
        }

        @Override
        void ask(ControlClient gateway) throws IOException {
            BrokerView.Done done =
                    gateway.ask(BrokerView.Done.class, Map.of("command", "retained-clear", "filter", filter));
            terminal().out().println(json ? done.toJson() : "Retained messages cleared: " + done.count());
        }
    }

    @Command(name = "list", description = "Lists topics with a retained message and filters clients subscribed to.")
    static final class Lists extends GatewayQuestion {
        @Option(names = "--json", description = "Prints one JSON object.")
        private boolean json;

        Lists(Terminal terminal) {
            super(terminal);
        }

        @Override
        void ask(ControlClient gateway) throws IOException {
            Topics answer = gateway.ask(Topics.class, Map.of("command", "topic-list"));
            if (json) {
                terminal().out().println(answer.toJson());
                return;
            }
            TextTable table = new TextTable("TOPIC OR FILTER", "SUBSCRIBERS", "RETAINED");
            answer.topics()
                    .forEach(topic -> table.row(
                            topic.name(), Integer.toString(topic.subscribers()), topic.retained() ? "yes" : "no"));
            terminal().out().print(table.text());
            if (!answer.complete()) {
                terminal().err().println(CUT);
            }
        }
    }
}
