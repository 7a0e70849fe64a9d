package hob.ipc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How records of one type are made and looked into. Each handle is bound when it is first needed: a start reads every
/// contract, to know that it holds, but makes and writes few of its records, and binding would be half of the reading.
/// Two threads may bind the same at once, which does no harm.
final class Binding {
    private final Class<? extends Record> type;

    /// Private, so that it finds whatever the record has.
    private final MethodHandles.Lookup lookup;

    private volatile @Nullable MethodHandle maker;

    /// @throws IllegalArgumentException where nobody but the record itself may look into it
    Binding(Class<? extends Record> type) {
        this.type = type;
        try {
            lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be read: is it public?", e);
        }
    }

    /// What looks at one component.
    final class Getter {
        private final RecordComponent component;
        private volatile @Nullable MethodHandle bound;

        private Getter(RecordComponent component) {
            this.component = component;
        }

        /// Of the shape `(Object) -> Object`.
        MethodHandle bound() {
            var known = bound;
            if (known == null) {
                known = accessor(component).asType(MethodType.methodType(Object.class, Object.class));
                bound = known;
            }
            return known;
        }
    }

    Getter getter(RecordComponent component) {
        return new Getter(component);
    }

    /// Of the shape `(Object[]) -> Object`.
    MethodHandle maker() {
        var known = maker;
        if (known == null) {
            var constructor = constructor();
            known = constructor
                    .asType(constructor.type().generic())
                    .asSpreader(Object[].class, constructor.type().parameterCount());
            maker = known;
        }
        return known;
    }

    private MethodHandle accessor(RecordComponent component) {
        try {
            return lookup.unreflect(component.getAccessor());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private MethodHandle constructor() {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return lookup.findConstructor(type, MethodType.methodType(void.class, types));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
