package dev.holdfast.scenario;

/** One header field as it stood on the wire, its value without surrounding white space. */
record Header(String name, String value) {

  static Header parse(String line) throws MalformedException {
    var colon = line.indexOf(':');
    if (colon < 1) {
      throw new MalformedException("no header field: " + line);
    }
    return new Header(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
