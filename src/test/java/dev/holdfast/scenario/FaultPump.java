package dev.holdfast.scenario;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/** A thread that carries the bytes of one direction of a connection, with its fault. */
final class FaultPump extends Thread {

  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final Socket from;
  private final Socket to;
  private final FaultSwitch faults;
  private final Runnable ended;
  private FaultSwitch.Setting setting;

  /** Bytes that have gone on since the fault was set. */
  private long passed;

  FaultPump(String name, Socket from, Socket to, FaultSwitch faults, Runnable ended) {
    super(name);
    this.from = from;
    this.to = to;
    this.faults = faults;
    this.ended = ended;
    this.setting = faults.setting();
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      carry();
    } catch (IOException | InterruptedException e) {
      reset(); // whatever has ended it, both sides are to see that
    } finally {
      ended.run();
    }
  }

  private void carry() throws IOException, InterruptedException {
    var in = from.getInputStream();
    var buffer = new byte[Fault.NONE.pieceBytes()];
    var n = 0;
    do {
      n = in.read(buffer, 0, Math.min(buffer.length, fault().pieceBytes()));
    } while (n >= 0 && pass(buffer, n));
    if (n < 0) {
      faults.awaitAnotherThan(setting, fault().closeDelay());
      to.shutdownOutput();
    }
  }

  /** Returns whether the connection goes on. */
  private boolean pass(byte[] bytes, int length) throws IOException, InterruptedException {
    var done = 0;
    while (done < length) {
      var fault = fault();
      var next = fault.bytesToPass(passed, length - done);
      if (next > 0) {
        faults.awaitAnotherThan(setting, fault.delayOf(next));
        to.getOutputStream().write(bytes, done, next);
        done += next;
        passed += next;
      } else if (!outlasts(fault.end())) {
        return false;
      }
    }
    return true;
  }

  private boolean outlasts(Fault.End end) throws IOException, InterruptedException {
    switch (end) {
      case NONE -> throw new IllegalArgumentException("no end");
      case CLOSE -> {
        to.shutdownOutput();
        Sockets.close(from);
      }
      case RESET -> reset();
      case SWALLOW -> from.getInputStream().transferTo(OutputStream.nullOutputStream());
      case STALL -> faults.awaitAnotherThan(setting, FOR_EVER);
    }
    return end == Fault.End.STALL;
  }

  private void reset() {
    Sockets.reset(to);
    Sockets.reset(from);
  }

  private Fault fault() {
    var now = faults.setting();
    if (now.number() != setting.number()) {
      setting = now;
      passed = 0;
    }
    return now.fault();
  }
}
