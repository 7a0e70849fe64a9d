package hob.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A call that may be asked again freely.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface Query {
    /// How long an answer may take when the caller says nothing: a number with `ms`, `s` or `m`.
    String deadline();
}
