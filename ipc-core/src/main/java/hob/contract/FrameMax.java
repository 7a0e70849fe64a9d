package hob.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// This call or answer may be larger than a frame is by default; at most 16 MiB.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface FrameMax {
    int bytes();
}
