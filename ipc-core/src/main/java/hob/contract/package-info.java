/// What the members of the family may say to each other: data only, so that anyone can read it without starting
/// anything.
@NullMarked
package hob.contract;

import org.jspecify.annotations.NullMarked;
