/**
 * Owns an application that has never heard of Holdfast, as users have them; outside of Holdfast's
 * packages, lest its own scan for components finds it.
 *
 * <p>It must never know Holdfast.
 */
@NullMarked
package com.example.catalog;

import org.jspecify.annotations.NullMarked;
