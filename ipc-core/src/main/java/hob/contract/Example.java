package hob.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a field holds in the example frame of the reference page, where what its type alone suggests would not pass the
/// record's own rules or not say much. Written like a `@Default`.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Example {
    String value();
}
