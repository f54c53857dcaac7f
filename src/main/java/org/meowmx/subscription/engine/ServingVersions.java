package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.transaction.PlainSql;

/**
 * The serving version of each projection. A projection that has only version 1 needs no row. Every method needs a transaction.
 *
 * <p>Checkpoints of a projection are created, renamed and deleted only under the lock of its row. The row is deleted with the last
 * checkpoint, so it does not affect a later projection of the same name.
 *
 * <p>The row of a projection changes only under the claims of all checkpoints of the version that serves. So the answer is stable for a
 * turn, which reads it under its own claim ({@link Checkpoint#isServing}).
 */
final class ServingVersions {

    private static final String ALL = "select projection, serving from meowmx_projections";

    private static final String OF = "select serving from meowmx_projections where projection = ?";

    private static final String LOCK = OF + " for update";

    private static final String CREATE = """
            insert into meowmx_projections (projection, serving, switched_at)
            values (:projection, :serving, :now)
            on conflict do nothing""";

    private static final String SERVE = """
            update meowmx_projections set serving = :serving, switched_at = :now where projection = :projection""";

    private static final String RENAME = "update meowmx_projections set projection = ? where projection = ?";

    private static final String REMOVE = "delete from meowmx_projections where projection = ?";

    private static final int FIRST = 1;

    private final EntityManager em;
    private final Clock clock;

    ServingVersions(EntityManager em, Clock clock) {
        this.em = em;
        this.clock = clock;
    }

    /** The version of a projection that serves. */
    int of(String projection) {
        return read(OF, projection);
    }

    /** The version of a projection that serves. No other transaction can change it until this one ends. */
    int lock(String projection) {
        update(CREATE, projection, FIRST);
        return read(LOCK, projection);
    }

    private int read(String sql, String projection) {
        return PlainSql.query(em, sql, List.of(projection), row -> row.getInt(1)).stream()
                .findFirst()
                .orElse(FIRST);
    }

    /** The serving versions of all projections that have had several. */
    Map<String, Integer> all() {
        record Row(String projection, int serving) {}
        return PlainSql.query(em, ALL, List.of(), row -> new Row(row.getString(1), row.getInt(2))).stream()
                .collect(Collectors.toMap(Row::projection, Row::serving));
    }

    /** Makes a version serve; its projection is locked. */
    void serve(ProjectionVersion version) {
        update(SERVE, version.projection(), version.number());
    }

    /** Gives the row of a locked projection a new name. It replaces the row of that name. */
    void rename(String former, String name) {
        remove(name);
        em.createNativeQuery(RENAME)
                .setParameter(1, name)
                .setParameter(2, former)
                .executeUpdate();
    }

    /** Deletes the row of a locked projection that has no checkpoint, or only those of version 1. */
    void remove(String projection) {
        em.createNativeQuery(REMOVE).setParameter(1, projection).executeUpdate();
    }

    private void update(String sql, String projection, int serving) {
        em.createNativeQuery(sql)
                .setParameter("projection", projection)
                .setParameter("serving", serving)
                .setParameter("now", clock.instant().atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }
}
