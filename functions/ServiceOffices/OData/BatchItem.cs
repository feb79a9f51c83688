namespace ServiceOffices.OData;

/// <summary>One request of a batch.</summary>
/// <param name="Id">Unique within the batch; null where a multipart request states none.</param>
/// <param name="Url">Absolute, absolute path, relative to the service root, or <c>$id/…</c> that continues an earlier request's URL.</param>
/// <param name="DependsOn">Ids that must have succeeded before.</param>
internal sealed record BatchRequest(
    string? Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, IReadOnlyList<string> DependsOn);
