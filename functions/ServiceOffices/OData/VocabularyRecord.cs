using Microsoft.OData.Edm.Vocabularies;

namespace ServiceOffices.OData;

/// <summary>A record that can itself be annotated, as CSDL XML 4.01, 14.4.12 allows but the library's own record does not.</summary>
internal sealed class AnnotatableRecord(params IEdmPropertyConstructor[] properties) : EdmRecordExpression(properties), IEdmVocabularyAnnotatable;
