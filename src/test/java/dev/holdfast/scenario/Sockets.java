package dev.holdfast.scenario;

import java.io.IOException;
import java.net.Socket;

/** The two ways to end a connection; neither fails on one that has ended already. */
final class Sockets {

  private Sockets() {}

  /** Orderly, unless bytes that have come are unread: then the system resets. */
  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // closed as far as it can be
    }
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // closed already: nothing is left to reset
    }
    close(socket);
  }
}
