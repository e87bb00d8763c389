package dev.holdfast.fill;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** A caller attached to a fill, on the test's thread: what it was told, and how it leaves. */
final class TestCaller {

  private final Attachment attachment;
  private final Disposable waiting;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Answered answered;
  private @Nullable Disposable reading;
  private @Nullable Throwable aborted;
  private boolean complete;
  private Runnable atPiece = () -> {};
  private Runnable atEnd = () -> {};
  private Runnable atHead = () -> {};

  TestCaller(Attachment attachment) {
    this.attachment = attachment;
    this.waiting = attachment.head().subscribe(this::heard);
  }

  private void heard(Answered head) {
    answered = head;
    atHead.run();
  }

  /** Has something looked at in the moment in which the head comes. */
  TestCaller atHead(Runnable look) {
    atHead = look;
    return this;
  }

  /** Has something looked at in the moment in which a piece comes. */
  TestCaller atPiece(Runnable look) {
    atPiece = look;
    return this;
  }

  /** Has something looked at in the moment in which the end comes. */
  TestCaller atEnd(Runnable look) {
    atEnd = look;
    return this;
  }

  TestCaller read() {
    Answered.View view = (Answered.View) Objects.requireNonNull(answered);
    reading =
        view.body()
            .subscribe(
                this::took,
                failure -> aborted = failure,
                () -> {
                  complete = true;
                  atEnd.run();
                });
    return this;
  }

  private void took(ByteBuf piece) {
    text.append(piece.toString(StandardCharsets.UTF_8));
    piece.release();
    atPiece.run();
  }

  void leave() {
    waiting.dispose();
    if (reading != null) {
      reading.dispose();
    }
    attachment.leave();
  }

  @Nullable Answered answered() {
    return answered;
  }

  boolean isCollapsed() {
    return attachment.isCollapsed();
  }

  String text() {
    return text.toString();
  }

  boolean isComplete() {
    return complete;
  }

  @Nullable Throwable aborted() {
    return aborted;
  }
}
