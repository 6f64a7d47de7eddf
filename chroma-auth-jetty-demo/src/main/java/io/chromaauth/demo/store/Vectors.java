package io.chromaauth.demo.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An embedding as bytes: 32-bit floats, the lowest byte first, as in Chroma's base64. */
public final class Vectors {
  private Vectors() {}

  static byte[] bytes(float[] vector) {
    ByteBuffer buffer =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(vector);
    return buffer.array();
  }

  /** The floats in some bytes, of which there must be a multiple of four. */
  public static float[] floats(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
