package dev.edgegateway.gateway.cli;

/** What a command says to whoever called it; from 64 up the numbers are those of {@code sysexits.h}. */
final class ExitStatus {
    static final int OK = 0;
    /** It was tried and did not work. */
    static final int FAILED = 1;
    /** The command line makes no sense. */
    static final int USAGE = 2;
    /** EX_UNAVAILABLE: no gateway answers. */
    static final int UNREACHABLE = 69;
    /** EX_NOPERM: this user may not. */
    static final int NO_PERMISSION = 77;
    /** EX_CONFIG: the configuration is wrong. */
    static final int CONFIGURATION = 78;

    private ExitStatus() {}
}
