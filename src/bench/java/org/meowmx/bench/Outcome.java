package org.meowmx.bench;

import java.util.List;
import java.util.Map;

/**
 * What came of a workload.
 *
 * @param name the workload
 * @param title what was done
 * @param unit of the figures
 * @param figures by contender, in the order of the turns
 * @param targets what was asked for
 */
record Outcome(String name, String title, String unit, Map<String, Figure> figures, List<Target> targets) {}
