namespace ServiceOffices.Tests.OData;

/// <summary>A collection as a payload gave it: of <see cref="PayloadResource"/>, or of single values.</summary>
/// <param name="Count">Null where the payload had none; it may be more than the items of the page.</param>
internal sealed record PayloadCollection(IReadOnlyList<object?> Items, long? Count = null, Uri? NextLink = null, Uri? DeltaLink = null)
{
    public IEnumerable<PayloadResource> Resources => Items.Cast<PayloadResource>();
}
