package dev.holdfast.fill;

/** The rest of a body will not come; what was sent of it must not be taken for the whole. */
public final class BodyAborted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean tooSlow;

  BodyAborted(String reason, boolean tooSlow) {
    super(reason, null, false, false);
    this.tooSlow = tooSlow;
  }

  /** Whether it is the reader that was too slow. */
  public boolean isTooSlow() {
    return tooSlow;
  }
}
