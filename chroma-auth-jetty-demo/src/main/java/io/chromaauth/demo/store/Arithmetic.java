package io.chromaauth.demo.store;

/** What distances are made of. Thread-safe. */
interface Arithmetic {
  /** The quickest that this JVM has. */
  Arithmetic QUICKEST = quickest();

  /** The inner product of a vector and the one that begins at an offset of an array. */
  float dot(float[] vector, float[] values, int from);

  /** The squared Euclidean distance of a vector and the one that begins there. */
  float squared(float[] vector, float[] values, int from);

  private static Arithmetic quickest() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainArithmetic();
    }
    try {
      // by name: it is compiled apart, for a module that need not be there
      String name = Arithmetic.class.getPackageName() + ".WideArithmetic";
      return Class.forName(name)
          .asSubclass(Arithmetic.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return new PlainArithmetic(); // a later JDK whose module is another one
    }
  }
}
