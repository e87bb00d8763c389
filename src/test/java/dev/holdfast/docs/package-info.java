/** What the documentation says, held against the code. */
@NullMarked
package dev.holdfast.docs;

import org.jspecify.annotations.NullMarked;
