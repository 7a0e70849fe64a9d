@NullMarked
package hob.store.two;

import org.jspecify.annotations.NullMarked;
