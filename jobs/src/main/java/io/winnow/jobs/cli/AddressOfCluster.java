package io.winnow.jobs.cli;

import io.winnow.jobs.ClusterAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where a cluster is. */
final class AddressOfCluster implements ITypeConverter<ClusterAddress> {
  @Override
  public ClusterAddress convert(String text) {
    try {
      return ClusterAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
