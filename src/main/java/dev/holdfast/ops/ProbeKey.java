package dev.holdfast.ops;

/** Under what an origin's probe is cached in the origin's own cache, where no target is equal. */
record ProbeKey(String origin) {}
