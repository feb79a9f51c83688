namespace ServiceOffices.Testing.Payloads;

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

/// <summary>A collection as a payload gave it: of <see cref="PayloadResource"/>, or of single values.</summary>
/// <param name="Count">Null where the payload had none; it may be more than the items of the page.</param>
internal sealed record PayloadCollection(IReadOnlyList<object?> Items, long? Count = null, Uri? NextLink = null, Uri? DeltaLink = null)
{
    public IEnumerable<PayloadResource> Resources => Items.Cast<PayloadResource>();
}

/// <summary>An entity that an answer to a query had before and has no more.</summary>
/// <param name="IsStillThere">Whether it changed so that the query leaves it out; else it is deleted.</param>
internal sealed record PayloadRemoval(Uri Id, bool IsStillThere);
