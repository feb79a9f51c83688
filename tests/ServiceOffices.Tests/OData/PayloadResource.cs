namespace ServiceOffices.Tests.OData;

/// <summary>An entity or a complex value as a payload gave it.</summary>
/// <param name="Type">As stated or as the schema and the context imply; null where neither tells.</param>
/// <param name="Values">Properties by name, expanded ones too: CLR values, resources and collections.</param>
/// <param name="Counts">The counts of expanded properties that have one.</param>
/// <param name="Links">Navigation links; the reader computes those that a payload with minimal metadata leaves out.</param>
internal sealed record PayloadResource(
    string? Type,
    Uri? Id,
    string? ETag,
    IReadOnlyDictionary<string, object?> Values,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyDictionary<string, Uri> Links)
{
    public object? this[string property] => Values[property];
}
