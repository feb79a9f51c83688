namespace ServiceOffices.ODataFuzz.Payloads;

/// <summary>An entity or a complex value of a payload.</summary>
/// <param name="Type">The stated type, or the one implied by the schema and the context; null where there is neither.</param>
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

/// <summary>A collection of a payload: of <see cref="PayloadResource"/>, or of single values.</summary>
/// <param name="Count">Null where the payload has none; it may be larger than the number of items of the page.</param>
internal sealed record PayloadCollection(IReadOnlyList<object?> Items, long? Count = null, Uri? NextLink = null, Uri? DeltaLink = null)
{
    public IEnumerable<PayloadResource> Resources => Items.Cast<PayloadResource>();
}

/// <summary>An entity that is no longer in the result of a query.</summary>
/// <param name="IsChanged">True if the entity changed so that the query excludes it; false if it was deleted.</param>
internal sealed record PayloadRemoval(Uri Id, bool IsChanged);
