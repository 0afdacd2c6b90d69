package io.winnow.deploy.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * A Java agent that kills its process as the kernel does, at once and for good, when the tokenizer
 * is given a text with a marker.
 */
public final class DeadlyText {
  private static volatile String marker = "";

  private DeadlyText() {}

  /** Called by the JVM before the process's own main method. */
  public static void premain(String argument, Instrumentation instrumentation) {
    marker = argument;
    new AgentBuilder.Default()
        .type(ElementMatchers.named("io.winnow.operators.text.TextTokenizer"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(
                    Advice.to(BeforeTokenizing.class).on(ElementMatchers.named("tokenize"))))
        .installOn(instrumentation);
  }

  /**
   * Returns the option that brings this agent into a JVM.
   *
   * @param folder where its jar is written
   */
  public static String option(Path folder, String marker) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", DeadlyText.class.getName());
    URL library = AgentBuilder.class.getProtectionDomain().getCodeSource().getLocation();
    attributes.put(Attributes.Name.CLASS_PATH, library.toString());
    Path jar = folder.resolve("deadly-text.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> type : List.of(DeadlyText.class, BeforeTokenizing.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in =
            Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name))) {
          in.transferTo(out);
        }
      }
    }
    return "-javaagent:" + jar + "=" + marker;
  }

  /** Stands before the first line of the tokenizer's method. */
  public static final class BeforeTokenizing {
    private BeforeTokenizing() {}

    @Advice.OnMethodEnter
    public static void enter(@Advice.Argument(0) String text) throws Exception {
      DeadlyText.read(text);
    }
  }

  /** Dies of a text with the marker. */
  public static void read(String text) throws Exception {
    if (text.contains(marker)) {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-KILL", self).start().waitFor();
      Thread.sleep(Long.MAX_VALUE); // the signal is on its way
    }
  }
}
