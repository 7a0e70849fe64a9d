@NullMarked
package hob.hand;

import org.jspecify.annotations.NullMarked;
