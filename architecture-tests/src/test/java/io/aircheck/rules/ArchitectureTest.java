package io.aircheck.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/** The arrows of {@code docs/architecture.md}, held by the build. */
@AnalyzeClasses(
    packages = "io.aircheck",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String[] EVERYTHING_BUT_CORE = {
    "io.aircheck.media..",
    "io.aircheck.detectors..",
    "io.aircheck.incidents..",
    "io.aircheck.experience..",
    "io.aircheck.storage..",
    "io.aircheck.notify..",
    "io.aircheck.faults..",
    "io.aircheck.audience..",
    "io.aircheck.deploy..",
    "io.aircheck.app.."
  };

  @ArchTest
  static final ArchRule core_knowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("io.aircheck.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.aircheck.core..", "java..", "org.jspecify..");

  @ArchTest static final ArchRule media_knowsOnlyCore = component("media");

  @ArchTest static final ArchRule detectors_knowOnlyCore = component("detectors");

  @ArchTest static final ArchRule incidents_knowOnlyCore = component("incidents");

  @ArchTest static final ArchRule experience_knowsOnlyCore = component("experience");

  @ArchTest static final ArchRule storage_knowsOnlyCore = component("storage");

  @ArchTest static final ArchRule notify_knowsOnlyCore = component("notify");

  @ArchTest static final ArchRule faults_knowOnlyCore = component("faults");

  @ArchTest static final ArchRule audience_knowsOnlyCore = component("audience");

  @ArchTest static final ArchRule deployments_knowOnlyCore = component("deploy");

  @ArchTest
  static final ArchRule inprocess_knowsNoOtherDeployment =
      noClasses()
          .that()
          .resideInAPackage("io.aircheck.deploy.inprocess..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.aircheck.deploy.isolated..", "io.aircheck.deploy.flink..")
          .because(
              "children and readers of the others are in-process ones, not the other way round");

  @ArchTest
  static final ArchRule flink_belongsToItsDeployment =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.aircheck.deploy.flink..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule app_reachesMediaAndDetectorsOnlyThroughCore =
      noClasses()
          .that()
          .resideInAPackage("io.aircheck.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.aircheck.media..", "io.aircheck.detectors..")
          .because("components arrive by ServiceLoader, so that a deployment can leave them out");

  @ArchTest
  static final ArchRule natives_belongToMedia =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.aircheck.media..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule detectors_doNoInputOutput =
      noClasses()
          .that()
          .resideInAPackage("io.aircheck.detectors..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
                  .or(
                      resideInAnyPackage("java.io..")
                          .and(not(io("DataInput", "DataOutput", "IOException", "Serializable")))
                          .and(not(readsOwnResource()))));

  @ArchTest
  static final ArchRule detectors_haveNoClockAndNoThreads =
      noClasses()
          .that()
          .resideInAPackage("io.aircheck.detectors..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..");

  @ArchTest
  static final ArchRule detectors_lookAtSamplesInVectorsOfOneWidth =
      noClasses()
          .that()
          .resideInAPackage("io.aircheck.detectors..")
          .and()
          .doNotHaveSimpleName("SampleVectors")
          .should()
          .accessFieldWhere(choosesTheWidthOfSamples())
          .because("two widths behind one type keep vectors on the heap (decision 139)");

  @ArchTest
  static final ArchRule detectors_addInAnOrderThatIsSaid =
      noClasses()
          .that()
          .resideInAPackage("io.aircheck.detectors..")
          .and()
          // Of the largest of some lanes there is no order.
          .doNotHaveSimpleName("TruePeakMeter")
          .should()
          .callMethodWhere(reducesLanesOfFractions())
          .because("it adds in any order, before it is compiled in another (decision 141)");

  @ArchTest
  static final ArchRule components_haveNoPackageCycles =
      slices().matching("io.aircheck.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_isCalledUtil =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..helper..", "..helpers..", "..common..")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper");

  private static ArchRule component(String name) {
    String own = "io.aircheck." + name + "..";
    String[] others =
        Arrays.stream(EVERYTHING_BUT_CORE)
            .filter(other -> !other.equals(own))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static DescribedPredicate<JavaClass> io(String... names) {
    return describe(
        "state encoding types", type -> Arrays.asList(names).contains(type.getSimpleName()));
  }

  private static DescribedPredicate<JavaFieldAccess> choosesTheWidthOfSamples() {
    return describe(
        "it is a width of vectors of samples",
        access ->
            Set.of("ByteVector", "ShortVector", "FloatVector")
                    .contains(access.getTargetOwner().getSimpleName())
                && access.getName().startsWith("SPECIES_"));
  }

  private static DescribedPredicate<JavaMethodCall> reducesLanesOfFractions() {
    return describe(
        "it reduces lanes of fractions",
        call ->
            Set.of("FloatVector", "DoubleVector").contains(call.getTargetOwner().getSimpleName())
                && call.getName().equals("reduceLanes"));
  }

  private static DescribedPredicate<JavaClass> readsOwnResource() {
    return describe(
        "reading a resource of the component",
        type ->
            Set.of(
                    "InputStream",
                    "InputStreamReader",
                    "BufferedReader",
                    "Reader",
                    "UncheckedIOException")
                .contains(type.getSimpleName()));
  }
}
