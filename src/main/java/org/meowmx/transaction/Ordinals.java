package org.meowmx.transaction;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Counters from which appends number their events, one for each key, each starting at 0. What a failed append or a rolled back
 * transaction has used is given back, so that the next try gets the same numbers.
 *
 * <p>The methods are synchronized, because a transaction that times out may be completed by a thread of the server.
 *
 * @param <K> what is counted separately
 */
public final class Ordinals<K> {

    private Map<K, Integer> used = Map.of();

    /** The numbers of one append. They are used up only by {@link #during}. */
    public Draft<K> draft() {
        return new Draft<>(used());
    }

    /** The number of ordinals that were used so far, by key. */
    public synchronized Map<K, Integer> used() {
        return used;
    }

    /**
     * Runs an append with the numbers of a draft. They are given back if it throws an exception, and if the transaction of the
     * caller is rolled back later.
     */
    public <T> T during(Draft<K> draft, CurrentTransaction current, Supplier<T> append) {
        use(draft.counts);
        if (current.isActive()) {
            inTransaction(current).add(draft);
        }
        try {
            return append.get();
        } catch (RuntimeException | Error e) {
            giveBack(draft.before, draft.after());
            throw e;
        }
    }

    private synchronized void use(Map<K, Integer> counts) {
        used = Map.copyOf(counts);
    }

    /** Gives ordinals back, except those of keys for which another transaction has used further ones since. */
    synchronized void giveBack(Map<K, Integer> before, Map<K, Integer> after) {
        Map<K, Integer> counts = new HashMap<>(used);
        after.forEach((key, count) -> {
            if (count.equals(counts.get(key))) {
                counts.put(key, before.getOrDefault(key, 0));
            }
        });
        used = Map.copyOf(counts);
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
     * The numbers of one append.
     *
     * @param <K> what is counted separately
     */
    public static final class Draft<K> {

        private final Map<K, Integer> before;
        private final Map<K, Integer> counts;

        private Draft(Map<K, Integer> before) {
            this.before = before;
            this.counts = new HashMap<>(before);
        }

        /** The next ordinal of a key. */
        public int next(K key) {
            return counts.merge(key, 1, Integer::sum) - 1;
        }

        private Map<K, Integer> after() {
            Map<K, Integer> after = new HashMap<>(counts);
            after.entrySet().removeAll(before.entrySet());
            return after;
        }
    }

    /** The ordinals of each key before and after the appends of a transaction. */
    private static final class OfTransaction<K> {

        private final Map<K, Integer> before = new HashMap<>();
        private final Map<K, Integer> after = new HashMap<>();

        private void add(Draft<K> draft) {
            draft.after().forEach((key, count) -> {
                before.putIfAbsent(key, draft.before.getOrDefault(key, 0));
                after.put(key, count);
            });
        }
    }
}
