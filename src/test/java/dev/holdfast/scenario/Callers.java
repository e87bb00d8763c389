package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Many callers, each with a connection of its own, served by one thread of the test. */
final class Callers implements AutoCloseable, Iterable<RawCaller> {

  private final List<RawCaller> callers = new ArrayList<>();

  private Callers() {}

  static Callers open(int count, int port) {
    var opened = new Callers();
    try {
      for (var i = 0; i < count; i++) {
        opened.callers.add(RawCaller.connect(port));
      }
      return opened;
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  List<RawCaller> list() {
    return List.copyOf(callers);
  }

  RawCaller get(int index) {
    return callers.get(index);
  }

  List<RawCaller> first(int count) {
    return list().subList(0, count);
  }

  List<RawCaller> allBut(int count) {
    return list().subList(count, callers.size());
  }

  @Override
  public Iterator<RawCaller> iterator() {
    return list().iterator();
  }

  @Override
  public void forEach(Consumer<? super RawCaller> action) {
    callers.forEach(action);
  }

  @Override
  public void close() {
    callers.forEach(RawCaller::close);
  }
}
