/** Tests of the Helm chart: what it renders, what it refuses, and that Holdfast takes it. */
@NullMarked
package dev.holdfast.chart;

import org.jspecify.annotations.NullMarked;
