@NullMarked
package hob.store.broken;

import org.jspecify.annotations.NullMarked;
