package io.chromaauth.hosts;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * Java 17 keeps in {@link ObjectMethods} the types of the record whose methods were linked last,
 * and so one class loader, whosever it was, until the next record's turn.
 */
final class RecordLinkage {
  private RecordLinkage() {}

  /** A record's turn. */
  static void link() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle getter =
          lookup.findVirtual(Any.class, "text", MethodType.methodType(Text.class));
      MethodType equals = MethodType.methodType(boolean.class, Any.class, Object.class);
      MethodType hashCode = MethodType.methodType(int.class, Any.class);
      MethodType toString = MethodType.methodType(String.class, Any.class);
      ObjectMethods.bootstrap(lookup, "equals", equals, Any.class, "text", getter);
      ObjectMethods.bootstrap(lookup, "hashCode", hashCode, Any.class, "text", getter);
      ObjectMethods.bootstrap(lookup, "toString", toString, Any.class, "text", getter);
    } catch (Throwable e) {
      throw new LinkageError("methods of a record", e);
    }
  }

  private record Text(String text) {}

  private record Any(Text text) {}
}
