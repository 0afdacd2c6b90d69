package io.winnow.operators.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class TokenizerLibraryTest {
  @Test
  void everyClassLoaderOpensATokenizer() throws Exception {
    int tokens = new TokenizerProbe().call();

    assertThat(tokens).isPositive();
    assertThat(inNewClassLoader()).isEqualTo(tokens);
    assertThat(inNewClassLoader()).isEqualTo(tokens);
  }

  @Test
  void whereTheLibraryIsUnpackedIsLeftAsItWas() throws Exception {
    String before = System.getProperty("ENGINE_CACHE_DIR");

    inNewClassLoader();

    assertThat(System.getProperty("ENGINE_CACHE_DIR")).isEqualTo(before);
  }

  /** Every start of a job with its own libraries has a class loader like this. */
  private static Object inNewClassLoader() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> probe = loader.loadClass(TokenizerProbe.class.getName());
      assertThat(probe).isNotEqualTo(TokenizerProbe.class);
      return ((Callable<?>) probe.getDeclaredConstructor().newInstance()).call();
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
