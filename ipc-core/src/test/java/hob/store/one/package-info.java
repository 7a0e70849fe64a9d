@NullMarked
package hob.store.one;

import org.jspecify.annotations.NullMarked;
