package org.meowmx.importing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of version 5 (RFC 9562, section 5.5): the same name in the same namespace always yields the same UUID. */
final class NameBasedId {

    private static final long VERSION_5 = 0x5000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private NameBasedId() {}

    static UUID of(UUID namespace, String name) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .flip());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        return new UUID((hash.getLong() & ~0xF000L) | VERSION_5, (hash.getLong() & ~(0b11L << 62)) | VARIANT);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
