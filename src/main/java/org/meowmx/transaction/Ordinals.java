package org.meowmx.transaction;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Counters from which appends number their events, one for each key, each starting at 0. The numbers of a failed append or a rolled
 * back transaction are given back, so the next attempt gets the same numbers.
 *
 * <p>The methods are synchronized, because a transaction that times out may be completed by a thread of the server.
 *
 * @param <K> what is counted separately
 */
public final class Ordinals<K> {

    private final Map<K, Integer> used = new HashMap<>();

    /** The numbers of one append. They are used up only by {@link #during}. */
    public Draft<K> draft() {
        return new Draft<>(this);
    }

    private synchronized int used(K key) {
        return used.getOrDefault(key, 0);
    }

    /**
     * Runs an append with the numbers of a draft. They are given back if it throws an exception, and if the transaction of the
     * caller is rolled back later.
     */
    public <T> T during(Draft<K> draft, CurrentTransaction current, Supplier<T> append) {
        use(draft.after);
        if (current.isActive()) {
            inTransaction(current).add(draft);
        }
        try {
            return append.get();
        } catch (RuntimeException | Error e) {
            giveBack(draft.before, draft.after);
            throw e;
        }
    }

    private synchronized void use(Map<K, Integer> counts) {
        used.putAll(counts);
    }

    /** Gives ordinals back, except for keys from which another transaction has taken ordinals since. */
    synchronized void giveBack(Map<K, Integer> before, Map<K, Integer> after) {
        after.forEach((key, count) -> {
            if (count.equals(used.get(key))) {
                used.put(key, before.getOrDefault(key, 0));
            }
        });
    }

    private OfTransaction<K> inTransaction(CurrentTransaction current) {
        TransactionSynchronizationRegistry registry = current.registry();
        @SuppressWarnings("unchecked") // this object is the key, and puts nothing else there
        OfTransaction<K> known = (OfTransaction<K>) registry.getResource(this);
        if (known != null) {
            return known;
        }
        OfTransaction<K> fresh = new OfTransaction<>();
        registry.putResource(this, fresh);
        current.afterRollback(() -> giveBack(fresh.before, fresh.after));
        return fresh;
    }

    /**
     * The numbers of one append. It contains only the keys of this append, so the cost does not grow with the number of
     * earlier appends.
     *
     * @param <K> what is counted separately
     */
    public static final class Draft<K> {

        private final Ordinals<K> ordinals;
        private final Map<K, Integer> before = new HashMap<>();
        private final Map<K, Integer> after = new HashMap<>();

        private Draft(Ordinals<K> ordinals) {
            this.ordinals = ordinals;
        }

        /** The next ordinal of a key. */
        public int next(K key) {
            int first = before.computeIfAbsent(key, ordinals::used);
            int next = after.getOrDefault(key, first);
            after.put(key, next + 1);
            return next;
        }
    }

    /** The ordinals of each key before and after the appends of a transaction. */
    private static final class OfTransaction<K> {

        private final Map<K, Integer> before = new HashMap<>();
        private final Map<K, Integer> after = new HashMap<>();

        private void add(Draft<K> draft) {
            draft.before.forEach(before::putIfAbsent);
            after.putAll(draft.after);
        }
    }
}
