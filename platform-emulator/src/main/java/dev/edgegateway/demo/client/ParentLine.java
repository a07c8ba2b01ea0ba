package dev.edgegateway.demo.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a client process hears from the demo. */
public final class ParentLine {
    /** The line that says: begin nothing new, see through what is open. */
    public static final String STOP = "stop";

    private ParentLine() {}

    /** Calls {@code stop} when the demo says so, and returns when the demo ends the line or has gone. */
    static void listen(InputStream in, Runnable stop) {
        try {
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(STOP)) {
                    stop.run();
                }
            }
        } catch (IOException e) {
            // A line that breaks is a line that ended.
        }
    }
}
