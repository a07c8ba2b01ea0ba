package dev.edgegateway.gateway.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a command takes secrets from; never from its arguments, which every user of the machine can see. */
interface SecretInput {
    /** Whether a human types. */
    boolean isTyped();

    /** Asks for a secret, which is not shown. @return null if there was no answer. */
    @Nullable
    String ask(String prompt);

    /**
     * The first line of what another program writes, without its end.
     *
     * @return null if it writes nothing.
     * @throws IOException if it cannot be read, is longer than any secret, or is not UTF-8.
     */
    @Nullable
    String firstLine() throws IOException;

    /** The terminal, or standard input if that is none. */
    static SecretInput ofThisProcess() {
        return new SecretInput() {
            @Override
            public boolean isTyped() {
                return console() != null;
            }

            @Override
            public @Nullable String ask(String prompt) {
                Console console = console();
                char[] typed = console == null ? null : console.readPassword("%s", prompt);
                return typed == null ? null : new String(typed);
            }

            @Override
            public @Nullable String firstLine() throws IOException {
                return SecretInput.firstLine(System.in);
            }
        };
    }

    @SuppressWarnings("SystemConsoleNull") // Its contract still allows null where there is no console at all.
    private static @Nullable Console console() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }

    /** See {@link #firstLine()}. */
    static @Nullable String firstLine(InputStream stream) throws IOException {
        int maxBytes = 4096;
        InputStream in = new BufferedInputStream(stream);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n') {
            line.write(read);
            if (line.size() > maxBytes) {
                throw new IOException("the first line of standard input is too long for a secret");
            }
            read = in.read();
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line.toByteArray()))
                .toString();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
