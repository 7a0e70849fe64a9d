@NullMarked
package hob.store.abandoned;

import org.jspecify.annotations.NullMarked;
