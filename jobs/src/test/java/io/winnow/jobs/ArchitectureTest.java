package io.winnow.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.winnow.operators.task.Enricher;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "io.winnow.jobs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.winnow.jobs";
  private static final String BENCH_BROKER = "io.winnow.jobs.bench.broker..";
  private static final String BENCH_CONTENDER = "io.winnow.jobs.bench.contender..";
  private static final String BENCH_DJL = "io.winnow.jobs.bench.djl..";
  private static final String BENCH_SERVER = "io.winnow.jobs.bench.server..";
  private static final String CLI = "io.winnow.jobs.cli..";
  private static final String DEMO = "io.winnow.jobs.demo..";
  private static final String DIFF = "io.winnow.jobs.diff..";
  private static final String DISPLAY = "io.winnow.jobs.display..";
  private static final String EVALUATION = "io.winnow.jobs.evaluation..";
  private static final String FORMAT = "io.winnow.jobs.format..";
  private static final String KAFKA = "io.winnow.jobs.kafka..";
  private static final String PIPELINE = "io.winnow.jobs.pipeline..";
  private static final String REGISTRY = "io.winnow.jobs.registry..";
  private static final String REPORT = "io.winnow.jobs.report..";
  private static final String TRIAL = "io.winnow.jobs.trial..";

  private static final String[] KAFKA_CLIENTS = {
    "org.apache.kafka.clients..", "org.apache.kafka.common..", "org.apache.flink.connector.kafka.."
  };
  private static final String[] KAFKA_SERVER = {
    "kafka..",
    "org.apache.kafka.server..",
    "org.apache.kafka.metadata..",
    "org.apache.kafka.controller..",
    "org.apache.kafka.raft.."
  };

  @ArchTest
  static final ArchRule kafkaIsBehindOneBoundary =
      noClasses()
          .that()
          .resideOutsideOfPackages(KAFKA, DEMO, BENCH_BROKER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KAFKA_CLIENTS)
          .because("a format or a pipeline file is tested in milliseconds, without a broker");

  @ArchTest
  static final ArchRule theBrokerIsTheDemosAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage(DEMO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KAFKA_SERVER)
          .because("a cluster that runs a job has no broker on its class path");

  @ArchTest
  static final ArchRule modelsRunInTheOperators =
      noClasses()
          .that()
          .resideOutsideOfPackage(BENCH_DJL) // which is measured as its documentation has it
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "ai.djl..")
          .because("native code is opened and closed in one place, the operators module");

  @ArchTest
  static final ArchRule picocliIsForWhatPeopleSee =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, DISPLAY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .because("a job has no terminal");

  @ArchTest
  static final ArchRule formatsKnowNoBroker =
      noClasses()
          .that()
          .resideInAPackage(FORMAT)
          .should()
          .dependOnClassesThat(are(in(ROOT, KAFKA, CLI, DEMO)))
          .because("what is decoded and encoded are bytes, wherever they come from");

  @ArchTest
  static final ArchRule aRegistryIsAskedInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackages(REGISTRY, BENCH_SERVER) // the latter a server of its own
          .and()
          .areNotAssignableTo(FlinkCluster.class) // which asks Flink
          .and()
          .areNotAssignableTo(FlinkRest.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..")
          .because("what an outage means, and what may not be shown, is decided once");

  @ArchTest
  static final ArchRule aRegistryKnowsNoJob =
      noClasses()
          .that()
          .resideInAPackage(REGISTRY)
          .should()
          .dependOnClassesThat(are(in(ROOT, KAFKA, CLI, DEMO, FORMAT)))
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..")
          .because("a client of a registry is tested without Flink");

  @ArchTest
  static final ArchRule thePipelineFileKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage(PIPELINE)
          .should()
          .dependOnClassesThat(are(in(ROOT, KAFKA, CLI, DEMO, FORMAT, REGISTRY)))
          .because("everything else is built from it");

  @ArchTest
  static final ArchRule theKafkaBoundaryServesTheJob =
      noClasses()
          .that()
          .resideInAPackage(KAFKA)
          .should()
          .dependOnClassesThat(are(in(ROOT, CLI, DEMO)))
          .because("a source and a sink do not know between what they stand");

  @ArchTest
  static final ArchRule jobsAreBuiltInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, CLI, DEMO, BENCH_CONTENDER)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(StreamExecutionEnvironment.class)
          .because("only what a user starts, a verb, the demo or bench, has a job built");

  @ArchTest
  static final ArchRule scoresAreOfAnswersWhereverTheyComeFrom =
      noClasses()
          .that()
          .resideInAPackage(EVALUATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.winnow.operators.inference..",
              "io.winnow.operators.flink..",
              "org.apache.flink..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Enricher.class)
          .orShould()
          .dependOnClassesThat(are(in(ROOT, CLI, DEMO, DISPLAY, KAFKA, PIPELINE, REPORT, TRIAL)))
          .because("a topic's answers are compared as a model's are, and tests need neither");

  @ArchTest
  static final ArchRule topicsAreJoinedWithoutABroker =
      noClasses()
          .that()
          .resideInAPackage(DIFF)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..")
          .orShould()
          .dependOnClassesThat(are(in(ROOT, CLI, DEMO, DISPLAY, KAFKA, REPORT, TRIAL)))
          .because("records come from a list as well as from a topic, and no job is run");

  @ArchTest
  static final ArchRule modelsAreTriedWithoutATerminalOrAJob =
      noClasses()
          .that()
          .resideInAPackage(TRIAL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.winnow.operators.flink..", "org.apache.flink..")
          .orShould()
          .dependOnClassesThat(are(in(ROOT, CLI, DEMO, DISPLAY, FORMAT, KAFKA, PIPELINE, REPORT)))
          .because("what a trial finds out is shown in several ways");

  @ArchTest
  static final ArchRule reportsShowWhatTheyAreGiven =
      noClasses()
          .that()
          .resideInAPackage(REPORT)
          .should()
          .dependOnClassesThat(
              are(in(ROOT, BENCH_CONTENDER, CLI, DEMO, FORMAT, KAFKA, PIPELINE, TRIAL)))
          .because("a page of any comparison looks the same");

  @ArchTest
  static final ArchRule pagesAreWrittenInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage(REPORT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.samskivert.mustache..")
          .because("what comes from data is escaped in one place");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("io.winnow.(**)")
          .should()
          .beFreeOfCycles()
          .because("each package is read and tested without the ones above it");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveNameMatching(".*[.$](Abstract|Base)[A-Z][^.$]*")
          .because("such a name tells that something could not be named");

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .should(
              ArchCondition.from(
                  describe(
                      "be in a package with @NullMarked",
                      type -> type.getPackage().isAnnotatedWith(NullMarked.class))))
          .because("null stands only where @Nullable says so, and the build checks that");

  /** The root package itself, without the packages inside it. */
  private static DescribedPredicate<JavaClass> in(String root, String... packages) {
    return resideInAPackage(root).or(resideInAnyPackage(packages));
  }
}
