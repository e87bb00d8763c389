/**
 * Owns {@code holdfast.*}: validated records, resolved once, and the analysis of configurations
 * that cannot work.
 *
 * <p>It must never be asked twice per request.
 */
@NullMarked
package dev.holdfast.config;

import org.jspecify.annotations.NullMarked;
