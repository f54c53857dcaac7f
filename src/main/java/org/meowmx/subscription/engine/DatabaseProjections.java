package org.meowmx.subscription.engine;

import org.meowmx.Required;
import org.meowmx.projection.Projections;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;

/** The versions of projections, as applications and operators see them. */
final class DatabaseProjections implements Projections {

    private final SubscriptionEngine engine;

    DatabaseProjections(SubscriptionEngine engine) {
        this.engine = engine;
    }

    @Override
    public int serving(String projection) {
        Required.present("projection", projection);
        return engine.currentTransaction.isActive()
                ? engine.servingVersions.of(projection)
                : engine.ownTransaction.run(() -> engine.servingVersions.of(projection));
    }

    @Override
    public void switchTo(String projection, int version) {
        change(version(projection, version), false);
    }

    @Override
    public void switchEvenIfFailing(String projection, int version) {
        change(version(projection, version), true);
    }

    private void change(ProjectionVersion version, boolean evenIfFailing) {
        String name = version.subscription();
        engine.runningTurns.requireOutside(name);
        try {
            if (engine.registry.has(name)) {
                engine.reconciliation.reconcile(name);
            }
            if (engine.requestedOperations.areNeeded(name)) {
                engine.requestedOperations.switchTo(version, evenIfFailing);
            } else {
                engine.projectionSwitch.switchTo(version, evenIfFailing, engine.control::requireOwnFilter);
            }
        } finally {
            engine.statusReader.changed();
        }
    }

    @Override
    public String retire(String projection, int version) {
        ProjectionVersion retired = version(projection, version);
        engine.runningTurns.requireOutside(retired.subscription());
        try {
            return engine.retirement.retire(retired);
        } finally {
            engine.statusReader.changed();
        }
    }

    private static ProjectionVersion version(String projection, int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be 1 or greater, was " + version);
        }
        return new ProjectionVersion(Required.present("projection", projection), version);
    }
}
