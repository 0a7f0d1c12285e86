package com.visiquate.ccproxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.annotation.Testable;

/**
 * What {@code -Pfast} leaves out is known by its tag, so that no slow test slips in without one.
 */
final class TagsTest {
  /** Read once; of what is not ours only what JUnit's annotations mean is looked up. */
  private static final JavaClasses TESTS =
      ArchConfiguration.withThreadLocalScope(
          configuration -> {
            configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
            configuration.setClassResolverArguments("org.junit");
            return new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages(
                    "com.visiquate.ccproxy.endtoend", "com.visiquate.ccproxy.deployment");
          });

  @ParameterizedTest
  @ValueSource(strings = {"endtoend", "deployment"})
  void everyTestOfASlowRoomHasItsTag(String room) {
    methods()
        .that()
        .areMetaAnnotatedWith(Testable.class)
        .and()
        .areDeclaredInClassesThat(isIn(room))
        .should(beTagged(room))
        .check(TESTS);
  }

  private static DescribedPredicate<JavaClass> isIn(String room) {
    return DescribedPredicate.describe(
        "are in " + room, each -> each.getPackageName().equals("com.visiquate.ccproxy." + room));
  }

  private static ArchCondition<JavaMethod> beTagged(String tag) {
    return new ArchCondition<>("be in a class with the tag " + tag) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        JavaClass owner = method.getOwner();
        boolean tagged =
            owner.isAnnotatedWith(Tag.class)
                && owner.getAnnotationOfType(Tag.class).value().equals(tag);
        String message = owner.getSimpleName() + " has no @Tag(\"" + tag + "\")";
        events.add(new SimpleConditionEvent(method, tagged, message));
      }
    };
  }
}
