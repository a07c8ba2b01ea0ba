package dev.edgegateway.demo.screen;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Where the demo is watched: a picture redrawn in place, or plain lines. Any thread. */
public final class Screen implements AutoCloseable {
    /** Xterm's second screen, which leaves what was on the first one alone; no cursor. */
    private static final String ENTER = "\033[?1049h\033[?25l\033[2J";

    private static final String LEAVE = "\033[0m\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";

    private final PrintStream out;
    private final Terminal terminal;
    private final boolean live;
    private final boolean colour;
    private final boolean ascii;
    private boolean entered;
    private boolean closed;

    private Screen(PrintStream out, Terminal terminal, boolean live, boolean colour, boolean ascii) {
        this.out = out;
        this.terminal = terminal;
        this.live = live;
        this.colour = colour;
        this.ascii = ascii;
    }

    /** @param descriptor the one behind the stream, 1 or 2. */
    public static Screen on(PrintStream out, int descriptor, Map<String, String> environment) {
        var terminal = Terminal.of(descriptor);
        return new Screen(
                out,
                terminal,
                terminal.drawable(environment),
                Terminal.colourful(environment),
                !out.charset().newEncoder().canEncode('█'));
    }

    /** Whether pictures are wanted; else lines. */
    public boolean live() {
        return live;
    }

    /** Draws over what was drawn before; nothing after the close. */
    public synchronized void draw(Snapshot snapshot) {
        if (closed) {
            return;
        }
        var size = terminal.size().orElse(new Terminal.Size(80, 24));
        var frame = new StringBuilder(entered ? HOME : ENTER + HOME);
        entered = true;
        List<String> lines = Picture.draw(snapshot, size.columns(), size.rows(), colour, ascii);
        for (int row = 0; row < lines.size(); row++) {
            frame.append(row == 0 ? "" : "\r\n").append(lines.get(row)).append(REST_OF_LINE);
        }
        out.print(frame);
        out.flush();
    }

    /** Prints a line where lines are wanted. */
    public synchronized void line(String text) {
        if (!live) {
            out.println(text);
            out.flush();
        }
    }

    /** Gives the terminal back as it was. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (entered) {
            entered = false;
            out.print(LEAVE);
            out.flush();
        }
    }
}
