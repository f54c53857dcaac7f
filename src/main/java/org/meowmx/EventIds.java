package org.meowmx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * The ids that the library gives to events: a generator of UUIDs of version 7, and UUIDs of version 5 for names (RFC 9562).
 *
 * <p>Generated ids grow, so the index of event ids grows at its right edge only. The class is thread-safe.
 *
 * <p>It is public only for the other packages of this library. It is not part of the API that applications use.
 */
public final class EventIds {

    /** The 62 random bits of the lower half; the two highest bits are the variant. */
    private static final long RANDOM_BITS = 0x3FFF_FFFF_FFFF_FFFFL;

    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** The 48 bits of the time and the 12 random bits of the upper half. */
    private static final int TIME_SHIFT = 16;

    private static final int COUNTER_BITS = 12;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The time in milliseconds and twelve bits with a random start. They are one number, so an overflow advances the time. */
    private long upper;

    private long lower;

    /** A generator with the system's clock. */
    public EventIds() {
        this(Clock.systemUTC());
    }

    EventIds(Clock clock) {
        this.clock = clock;
    }

    /**
     * An id greater than all earlier ids of this generator. In a new millisecond, the bits after the time are random. In the same
     * millisecond, or if the clock went back, the id is the last one plus one (RFC 9562, section 6.2, method 2).
     */
    public synchronized UUID next() {
        long now = clock.millis();
        if (now > (upper >>> COUNTER_BITS)) {
            upper = (now << COUNTER_BITS) | random.nextInt(1 << COUNTER_BITS);
            lower = random.nextLong() & RANDOM_BITS;
        } else {
            lower = (lower + 1) & RANDOM_BITS;
            upper += lower == 0 ? 1 : 0;
        }
        long time = (upper >>> COUNTER_BITS) << TIME_SHIFT;
        return new UUID(time | 0x7000 | (upper & 0xFFF), lower | VARIANT);
    }

    /** The id of a name: the same name in the same namespace always has the same id. */
    public static UUID named(UUID namespace, String name) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000;
        return new UUID(most, (hash.getLong() & RANDOM_BITS) | VARIANT);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
