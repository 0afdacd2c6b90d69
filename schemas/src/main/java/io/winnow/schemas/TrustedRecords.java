package io.winnow.schemas;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro make the records of this package; converts nothing.
 *
 * <p>Since 1.12.2 Avro makes records of trusted classes only, and trusts those that a system
 * property names, which every JVM of a cluster would need. It also loads every conversion that
 * {@code META-INF/services} names before it makes a record: so this class comes in time wherever
 * the records are, whoever reads them.
 */
public final class TrustedRecords extends Conversion<TrustedRecords> {
  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), TrustedRecords::isOurs));
  }

  private static boolean isOurs(Class<?> type) {
    return type.getPackageName().equals(TrustedRecords.class.getPackageName());
  }

  @Override
  public Class<TrustedRecords> getConvertedType() {
    return TrustedRecords.class;
  }

  @Override
  public String getLogicalTypeName() {
    return "io.winnow.schemas.none";
  }
}
