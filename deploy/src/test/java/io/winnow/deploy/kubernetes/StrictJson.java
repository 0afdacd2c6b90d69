package io.winnow.deploy.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads Kubernetes' and the operator's classes without their leniency: they would ignore an unknown
 * field, or keep it aside.
 */
final class StrictJson extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private StrictJson() {}

  static ObjectMapper mapper() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .annotationIntrospector(new StrictJson())
        .build();
  }

  @Override
  public JsonIgnoreProperties.Value findPropertyIgnoralByName(
      MapperConfig<?> config, Annotated annotated) {
    return JsonIgnoreProperties.Value.empty();
  }

  @Override
  public Boolean hasAnySetter(Annotated annotated) {
    return false;
  }
}
