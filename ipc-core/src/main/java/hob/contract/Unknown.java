package hob.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The constant that stands for those of a newer version.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD})
public @interface Unknown {}
