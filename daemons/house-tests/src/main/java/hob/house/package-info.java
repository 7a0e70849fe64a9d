/// Tests that see the whole house: its arrows, its papers, its scripts, its units, whole processes.
///
/// A gate is a test class that reads the checkout by `Checkout.root()`; its alarm test runs the same class over a
/// scratch copy in which a fault was planted, and expects red.
@NullMarked
package hob.house;

import org.jspecify.annotations.NullMarked;
