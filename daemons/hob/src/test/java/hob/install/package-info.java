@NullMarked
package hob.install;

import org.jspecify.annotations.NullMarked;
