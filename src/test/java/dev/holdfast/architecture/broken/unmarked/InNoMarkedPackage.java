package dev.holdfast.architecture.broken.unmarked;

/** Lies in a package that says nothing about {@code null}; it has no package-info on purpose. */
public final class InNoMarkedPackage {}
