package hob.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A call that changes something. It carries a key when it must be done once however often it is asked.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface Change {
    /// How long an answer may take when the caller says nothing: a number with `ms`, `s` or `m`.
    String deadline();
}
