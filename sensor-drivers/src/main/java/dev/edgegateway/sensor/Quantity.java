package dev.edgegateway.sensor;

/** What can be measured, each in exactly one unit (SenML symbols, RFC 8428 section 12.1, and RFC 8798). */
public enum Quantity {
    TEMPERATURE("Cel"),
    RELATIVE_HUMIDITY("%RH"),
    PRESSURE("Pa"),
    LATITUDE("lat"),
    LONGITUDE("lon"),
    ALTITUDE("m"),
    SPEED("m/s"),
    HEADING("deg"),
    RATIO("/"),
    COUNT("count"),
    BYTES("B"),
    DURATION("s"),
    VOLTAGE("V"),
    CURRENT("A"),
    /** A number whose unit only its source knows. */
    UNSPECIFIED("");

    private final String unit;

    Quantity(String unit) {
        this.unit = unit;
    }

    /** The SenML unit symbol; empty if unknown. */
    public String unit() {
        return unit;
    }
}
