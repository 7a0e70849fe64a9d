/// How Hob comes onto a machine, or to one user of it.
@NullMarked
package hob.install;

import org.jspecify.annotations.NullMarked;
