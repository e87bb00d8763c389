package dev.holdfast.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses lines of HTTP/1.1 that Netty's codec would mend: who passed one on may have read it
 * otherwise (RFC 9112 §11.2).
 *
 * <p>It stands ahead of the codec and hands on whole lines, and content as it comes. All else about
 * a request is for the codec and for {@link RequestCheck}, which also says how long the content is.
 * One per connection; where HTTP/2 is spoken {@link StreamHeads} takes its place.
 */
final class LineCheck extends ByteToMessageDecoder {

  static final String NAME = "holdfast.lineCheck";

  /** How HTTP/2 begins (RFC 9113 §3.4). */
  private static final String HTTP2 = "PRI * HTTP/2.0";

  private static final int HTTP2_PREFACE_BYTES = 24;

  /** One blank at a time, and the versions there are (RFC 9112 §3). */
  private static final Pattern REQUEST_LINE = Pattern.compile("[!-~]++ [!-~]++ HTTP/1\\.[01]");

  /** Extensions are for the codec (RFC 9112 §7.1). */
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,8}+)(?:;.*)?");

  private static final String LENGTH = "content-length:";

  private enum Part {
    REQUEST_LINE,
    FIELDS,
    /** Behind the fields, of which the codec is to hear first. */
    HEAD_ENDED,
    CONTENT,
    CHUNK_SIZE,
    CHUNK,
    TRAILERS,
    HTTP2_PREFACE,
    /** Behind its preface, of which those who speak it are to hear first. */
    HTTP2,
    REFUSED
  }

  private final RequestCheck requests = new RequestCheck();
  private final int maxLineBytes;
  private final int maxFieldsBytes;

  private Part part = Part.REQUEST_LINE;
  private boolean begun;
  private boolean hasLength;

  /** Of the content, of a chunk with the end of its line, or of the preface. */
  private long left;

  /**
   * @param maxLineBytes of a request line or a chunk's size: longer ones are refused by the codec
   * @param maxFieldsBytes likewise, of fields
   */
  LineCheck(int maxLineBytes, int maxFieldsBytes) {
    this.maxLineBytes = maxLineBytes;
    this.maxFieldsBytes = maxFieldsBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (part == Part.HEAD_ENDED) {
      left = requests.contentLength();
      part = left == 0 ? Part.REQUEST_LINE : Part.CONTENT;
      part = left == RequestCheck.CHUNKED ? Part.CHUNK_SIZE : part;
    }
    switch (part) {
      case CONTENT -> takeContent(in, out, Part.REQUEST_LINE);
      case CHUNK -> takeContent(in, out, Part.CHUNK_SIZE);
      case HTTP2_PREFACE -> takeContent(in, out, Part.HTTP2);
      case HTTP2 -> leaveToHttp2(context.pipeline());
      case REFUSED -> in.skipBytes(in.readableBytes());
      default -> takeLines(context, in, out);
    }
  }

  private void leaveToHttp2(ChannelPipeline pipeline) {
    StreamHeads.check(pipeline);
    pipeline.remove(this);
  }

  private void takeContent(ByteBuf in, List<Object> out, Part next) {
    int taken = (int) Math.min(left, in.readableBytes());
    out.add(in.readRetainedSlice(taken));
    left -= taken;
    part = left == 0 ? next : part;
  }

  /** Takes the lines that are there, at most up to where the codec has to hear of them. */
  private void takeLines(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int begin = in.readerIndex();
    boolean goesOn = true;
    while (goesOn) {
      int length = in.bytesBefore((byte) '\n') + 1;
      if (length == 0) {
        leaveTooLong(in);
        break;
      }
      if (!begun && !begin(context, in, out)) {
        return;
      }
      Part before = part;
      String objection = take(in, length);
      if (objection != null) {
        part = Part.REFUSED;
        context.fireUserEventTriggered(Refusal.malformed(objection));
        return;
      }
      in.skipBytes(length);
      goesOn = part == before || part == Part.FIELDS || part == Part.TRAILERS;
    }
    if (in.readerIndex() > begin) {
      out.add(in.retainedSlice(begin, in.readerIndex() - begin));
    }
  }

  /** The codec knows what to say to a line that is too long to wait for its end. */
  private void leaveTooLong(ByteBuf in) {
    boolean ofFields = part == Part.FIELDS || part == Part.TRAILERS;
    if (in.readableBytes() > (ofFields ? maxFieldsBytes : maxLineBytes)) {
      in.skipBytes(in.readableBytes());
      part = Part.REFUSED;
    }
  }

  /** Whether the connection begins with HTTP/1.1. */
  private boolean begin(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    ChannelPipeline pipeline = context.pipeline();
    ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
    boolean mayBeHttp2 = pipeline.get(CleartextHttp2ServerUpgradeHandler.class) != null;
    if (codec == null) {
      leaveToHttp2(pipeline); // agreed on by TLS
      return false;
    }
    if (mayBeHttp2 && text(in, HTTP2.length()).equals(HTTP2)) {
      part = Part.HTTP2_PREFACE;
      left = HTTP2_PREFACE_BYTES;
      takeContent(in, out, Part.HTTP2);
      return false;
    }
    pipeline.addAfter(codec.name(), RequestCheck.NAME, requests);
    begun = true;
    return true;
  }

  /** Reads a line, up to its LF, and says what is wrong with it. */
  private @Nullable String take(ByteBuf in, int length) {
    if (length < 2 || in.getByte(in.readerIndex() + length - 2) != '\r') {
      return "a line of it does not end with CRLF";
    }
    return switch (part) {
      case REQUEST_LINE -> takeRequestLine(text(in, length - 2));
      case CHUNK_SIZE -> takeChunkSize(text(in, length - 2));
      default -> takeField(in, length - 2);
    };
  }

  private @Nullable String takeRequestLine(String line) {
    if (line.isEmpty()) {
      return null; // RFC 9112 §2.2
    }
    part = Part.FIELDS;
    hasLength = false;
    return line.length() > maxLineBytes || REQUEST_LINE.matcher(line).matches()
        ? null // one too long is refused by the codec
        : "its first line is none of HTTP/1.1";
  }

  private @Nullable String takeChunkSize(String line) {
    Matcher size = CHUNK_SIZE.matcher(line);
    if (!size.matches()) {
      return "the size of a chunk is none";
    }
    left = Long.parseLong(size.group(1), 16);
    part = left == 0 ? Part.TRAILERS : Part.CHUNK;
    left += 2;
    return null;
  }

  private @Nullable String takeField(ByteBuf in, int length) {
    if (length == 0) {
      part = part == Part.FIELDS ? Part.HEAD_ENDED : Part.REQUEST_LINE;
      return null;
    }
    byte first = in.getByte(in.readerIndex());
    if (first == ' ' || first == '\t') {
      return "a field of it goes on on the next line"; // RFC 9112 §5.2
    }
    boolean isLength =
        (first == 'c' || first == 'C') && text(in, LENGTH.length()).equalsIgnoreCase(LENGTH);
    boolean again = isLength && hasLength;
    hasLength |= isLength;
    return again ? "it has two lengths" : null; // of HTTP/1.0 the codec takes the first
  }

  private static String text(ByteBuf in, int length) {
    int there = Math.min(length, in.readableBytes());
    return in.toString(in.readerIndex(), there, StandardCharsets.ISO_8859_1);
  }
}
