package org.meowmx.anomalies;

import static org.meowmx.anomalies.Anomaly.CHECKPOINT_BACK;
import static org.meowmx.anomalies.Anomaly.CHECKPOINT_BEYOND;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rule for checkpoints, as they were read from outside. */
final class CheckpointRule implements Rule {

    private record Place(int segment, long moves) {}

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (Reader reader : history.readers()) {
            Map<Place, Long> last = new HashMap<>();
            for (Sample sample : reader.samples()) {
                Place place = new Place(sample.segment(), sample.moves());
                long before = last.merge(place, sample.checkpoint(), Math::max);
                if (before > sample.checkpoint()) {
                    findings.add(new Finding(
                            CHECKPOINT_BACK, "", reader.subscription() + " from " + before + ": " + sample));
                }
                if (sample.checkpoint() > sample.end()) {
                    findings.add(new Finding(CHECKPOINT_BEYOND, "", reader.subscription() + ": " + sample));
                }
            }
        }
        return findings;
    }
}
