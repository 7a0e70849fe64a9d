/// What tests of all modules share. Real parts only: nothing here stands in for a part of Hob.
@NullMarked
package hob.testing;

import org.jspecify.annotations.NullMarked;
