package dev.edgegateway.gateway.cli;

/** The command in a process of its own, around a gateway that only says what happens to it. */
final class FakeGatewayProcess {
    private FakeGatewayProcess() {}

    public static void main(String[] args) {
        LogFormat.choose(System.getenv());
        System.exit(CommandLineInterface.run(args, (_, onFailure) -> {
            System.out.println("started");
            if (Boolean.getBoolean("slow")) {
                // Answers on standard input, so that the signal comes before the start is through.
                System.in.read();
            }
            if (Boolean.getBoolean("unstartable")) {
                throw new IllegalStateException("no store");
            }
            if (Boolean.getBoolean("break")) {
                Thread.ofPlatform().start(() -> onFailure.accept(new IllegalStateException("the disk is full")));
            }
            return () -> {
                System.out.println("closed");
                if (Boolean.getBoolean("fail")) {
                    throw new IllegalStateException("the disk is gone");
                }
            };
        }));
    }
}
