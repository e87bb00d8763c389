package dev.holdfast.ops;

import dev.holdfast.fill.Fills;
import dev.holdfast.fill.RunningFill;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/** {@code /actuator/fills}: the fills that run now. */
@Component
@Endpoint(id = "fills")
final class FillsEndpoint {

  /** What the endpoint answers. */
  record Running(List<RunningFill> fills) {}

  private final Fills fills;

  FillsEndpoint(Fills fills) {
    this.fills = fills;
  }

  @ReadOperation
  Running running() {
    return new Running(fills.running());
  }
}
