package dev.edgegateway.gateway.control;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as the maps, lists and plain values that JSON is made of, and back. Made of records, lists, enums, texts,
 * numbers and flags; names are {@code snake_case} outside, and what is null is left out.
 */
final class RecordCodec {
    private RecordCodec() {}

    static Map<String, Object> toMap(Record value) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object field = read(component, value);
            if (field != null) {
                map.put(snakeCase(component.getName()), toPlain(field));
            }
        }
        return map;
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static Object toPlain(Object value) {
        if (value instanceof Record inner) {
            return toMap(inner);
        }
        if (value instanceof List<?> items) {
            return items.stream().map(RecordCodec::toPlain).toList();
        }
        return value instanceof Enum<?> word ? word.name() : value;
    }

    /**
     * Keys no component is named after are passed over, since the other side may be newer.
     *
     * @throws IllegalArgumentException if the map does not fit the record.
     */
    static <R extends Record> R fromMap(Class<R> type, Map<?, ?> map) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = snakeCase(components[i].getName());
            Object plain = map.get(key);
            if (plain == null && components[i].getType().isPrimitive()) {
                throw new IllegalArgumentException(key + " is missing");
            }
            values[i] = plain == null ? null : fromPlain(components[i].getGenericType(), key, plain);
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getSimpleName() + " cannot be made of " + map.keySet(), e);
        }
    }

    private static Object fromPlain(Type type, String key, Object plain) {
        if (type instanceof ParameterizedType list && plain instanceof List<?> items) {
            Type item = list.getActualTypeArguments()[0];
            return items.stream().map(element -> fromPlain(item, key, element)).toList();
        }
        if (type instanceof Class<?> known) {
            if (known.isRecord() && plain instanceof Map<?, ?> map) {
                return fromMap(known.asSubclass(Record.class), map);
            }
            if (known.isEnum() && plain instanceof String word) {
                return Arrays.stream(known.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(key + " is " + word));
            }
            if ((known == String.class && plain instanceof String)
                    || (known == boolean.class && plain instanceof Boolean)) {
                return plain;
            }
            if (plain instanceof Number number) {
                if (known == int.class) {
                    return number.intValue();
                }
                if (known == long.class || known == Long.class) {
                    return number.longValue();
                }
                if (known == double.class) {
                    return number.doubleValue();
                }
            }
        }
        throw new IllegalArgumentException(key + " is of another kind than " + type.getTypeName());
    }

    static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
