package dev.holdfast.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each event has met a fetch in each phase. */
final class Met {

  private final Map<Phase, Map<Event, Integer>> counts = new EnumMap<>(Phase.class);
  private int overlappingPurges;

  /** The event happens to the fetch, or around it. */
  void happens(Event event, Fetch fetch) {
    happens(event, fetch.phase());
  }

  void happens(Event event, Phase phase) {
    counts.computeIfAbsent(phase, none -> new EnumMap<>(Event.class)).merge(event, 1, Integer::sum);
  }

  /** An invalidation came while fetches were under way that it covers. */
  void purgeOverlaps() {
    overlappingPurges++;
  }

  int overlappingPurges() {
    return overlappingPurges;
  }

  int count(Phase phase, Event event) {
    return counts.getOrDefault(phase, Map.of()).getOrDefault(event, 0);
  }

  /** The pairs that have not been met, though they can be. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      for (Event event : Event.values()) {
        if (event.canMeet(phase) && count(phase, event) == 0) {
          missing.add(phase + " and " + event);
        }
      }
    }
    return missing;
  }

  /** All counts, as a table. */
  String table() {
    StringBuilder table = new StringBuilder("| |");
    List<Phase> phases = new ArrayList<>(List.of(Phase.values()));
    phases.remove(Phase.ENDED);
    phases.forEach(phase -> table.append(' ').append(phase).append(" |"));
    table.append("\n|").append(" --- |".repeat(phases.size() + 1)).append('\n');
    for (Event event : Event.values()) {
      table.append("| ").append(event).append(" |");
      for (Phase phase : phases) {
        int count = count(phase, event);
        table.append(' ').append(count == 0 && !event.canMeet(phase) ? "" : count).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }
}
