package org.meowmx.bench;

import java.util.List;
import java.util.Map;

/**
 * The result of a workload.
 *
 * @param name the workload
 * @param title the measured work
 * @param unit the unit of the figures
 * @param figures by contender, in the order of the turns
 * @param targets the targets of the contenders
 */
record Outcome(String name, String title, String unit, Map<String, Figure> figures, List<Target> targets) {}
