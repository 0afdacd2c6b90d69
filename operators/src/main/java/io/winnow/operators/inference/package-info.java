/** The ONNX Runtime session; the only package that knows ONNX Runtime. */
@NullMarked
package io.winnow.operators.inference;

import org.jspecify.annotations.NullMarked;
