package hob.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who may ask what stands in this room, or this one call of it. Who is not named is refused.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface For {
    Who[] value();
}
