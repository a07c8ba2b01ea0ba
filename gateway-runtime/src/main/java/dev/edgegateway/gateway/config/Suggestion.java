package dev.edgegateway.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Suggestion {
    private Suggestion() {}

    /** The nearest of the known words, unless none is near. */
    static Optional<String> nearest(String word, Collection<String> known) {
        String lower = word.toLowerCase(java.util.Locale.ROOT).replace('-', '_');
        return known.stream()
                .filter(candidate -> near(lower, candidate))
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate)));
    }

    /** The same as a question, or what there is. */
    static String didYouMean(String word, Collection<String> known) {
        return nearest(word, known)
                .map(meant -> "did you mean `" + meant + "`?")
                .orElseGet(() -> "the known ones are " + String.join(", ", known));
    }

    private static boolean near(String word, String candidate) {
        boolean abbreviated = (word.length() >= 3 && candidate.startsWith(word)) || word.startsWith(candidate + "_");
        return abbreviated || distance(word, candidate) <= Math.max(1, Math.min(word.length(), candidate.length()) / 3);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + replace);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
