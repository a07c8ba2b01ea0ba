package dev.edgegateway.gateway.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A human who types one answer after the other, or a program that writes lines. */
final class FakeSecretInput implements SecretInput {
    private final boolean typed;
    private final Queue<String> answers;
    private final List<String> prompts = new ArrayList<>();

    private FakeSecretInput(boolean typed, List<String> answers) {
        this.typed = typed;
        this.answers = new ArrayDeque<>(answers);
    }

    static FakeSecretInput typed(String... answers) {
        return new FakeSecretInput(true, List.of(answers));
    }

    static FakeSecretInput piped(String line) {
        return new FakeSecretInput(false, List.of(line));
    }

    static FakeSecretInput nothing() {
        return new FakeSecretInput(false, List.of());
    }

    List<String> prompts() {
        return prompts;
    }

    @Override
    public boolean isTyped() {
        return typed;
    }

    @Override
    public @Nullable String ask(String prompt) {
        prompts.add(prompt);
        return answers.poll();
    }

    @Override
    public @Nullable String firstLine() {
        return answers.poll();
    }
}
