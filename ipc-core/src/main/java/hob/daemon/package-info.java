/// The life of a daemon, written once.
@NullMarked
package hob.daemon;

import org.jspecify.annotations.NullMarked;
