package dev.edgegateway.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsLineUp() {
        Table table = new Table("a", "bb");
        table.add(List.of("long", "1"));
        assertEquals("""
                | a    | bb |
                |------|----|
                | long | 1  |
                """, table.toString());
    }

    @Test
    void aRowThatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Table("a").add(List.of("1", "2")));
    }
}
