package io.winnow.operators;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds the house to its plan: what depends on what, and what classes are called. */
@AnalyzeClasses(packages = "io.winnow.operators", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.winnow.operators.";

  @ArchTest
  static final ArchRule onnxRuntimeIsKnownInInferenceOnly =
      onlyIn("inference", "ai.onnxruntime..")
          .because("its tensors and sessions are native memory, which one package closes");

  @ArchTest
  static final ArchRule tokenizerLibraryIsKnownInTextOnly =
      onlyIn("text", "ai.djl..")
          .because("it counts code points and loads native code, which one package puts right");

  @ArchTest
  static final ArchRule flinkIsKnownInFlinkOnly =
      onlyIn("flink", "org.apache.flink..")
          .because("the hard parts are plain Java, tested in milliseconds and used without a job");

  @ArchTest
  static final ArchRule schemasAreKnownInFlinkOnly =
      onlyIn("flink", "io.winnow.schemas..", "org.apache.avro..")
          .because("what crosses a topic is a contract, and the models' answers are not");

  @ArchTest
  static final ArchRule kafkaIsKnownNowhere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..")
          .because("the operators serve any source; Kafka belongs to the jobs");

  @ArchTest
  static final ArchRule configDependsOnNoOther =
      noDependency("config", "text", "model", "inference", "task", "seal", "flink")
          .because("it reads any YAML file, whatever the file is about");

  @ArchTest
  static final ArchRule textDependsOnNoOther =
      noDependency("text", "model", "inference", "task", "seal", "flink")
          .because("a tokenizer is a file of its own, whatever model reads its tokens");

  @ArchTest
  static final ArchRule modelDependsOnNoRuntime =
      noDependency("model", "inference", "task", "seal", "flink")
          .because("a bundle is checked before a job starts, without running it");

  @ArchTest
  static final ArchRule inferenceDoesNotKnowTasks =
      noDependency("inference", "task", "seal", "flink")
          .because("a forward pass is the same whatever is read from its logits");

  @ArchTest
  static final ArchRule taskDoesNotKnowFlink =
      noDependency("task", "seal", "flink")
          .because("tools answer texts without a job, sealed or not");

  @ArchTest
  static final ArchRule sealDoesNotKnowFlink =
      noDependency("seal", "flink")
          .because("a bundle is sealed, and its golden records are answered, without a job");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching(ROOT + "(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package in a cycle cannot be read, tested or moved alone");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameStartingWith("Abstract")
          .orShould()
          .haveSimpleNameStartingWith("Base")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .because("such a name tells a reader nothing");

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .that(not(nameMatching(".*\\.package-info")))
          .should(liveInANullMarkedPackage())
          .because("NullAway checks marked packages only");

  private static ArchRule onlyIn(String owner, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + owner + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(libraries));
  }

  private static ArchRule noDependency(String from, String... to) {
    String[] packages = new String[to.length];
    for (int i = 0; i < to.length; i++) {
      packages[i] = ROOT + to[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage(ROOT + from + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages));
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type, marked, type.getName() + (marked ? " lives" : " lives not") + " in one"));
      }
    };
  }
}
