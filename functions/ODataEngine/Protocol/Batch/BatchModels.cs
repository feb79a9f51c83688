namespace ODataEngine.Protocol.Batch;

/// <summary>One request of a batch.</summary>
/// <param name="Id">Identifies the request within the batch; null if a multipart request has no Content-ID.</param>
/// <param name="Method">The HTTP method in any case.</param>
/// <param name="Url">Absolute, absolute path, relative to the service root, or <c>$id/…</c>, which continues the URL of an earlier request.</param>
/// <param name="Headers">Header values by name in any case.</param>
internal sealed record BatchRequest(string? Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The atomicity group or change set of the request; null if it belongs to none. Requests of one group are adjacent.</summary>
    public string? GroupId { get; init; }

    /// <summary>Ids of the earlier requests and groups that must have succeeded.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The reason why the request cannot be executed; null if it can.</summary>
    public ODataRequestException? Error { get; init; }
}

/// <summary>The response to one request of a batch, or to a whole change set that failed.</summary>
internal sealed record BatchResponse(string? Id, string? GroupId, ODataResponse Response);

/// <summary>The limits and errors that both batch formats share.</summary>
internal static class BatchRules
{
    /// <summary>Header lines of one request or body part; a batch with more in one is rejected.</summary>
    public const int MaxHeaderLines = 100;

    public static ODataRequestException CreateInvalidBatch(string rule) => new(400, ODataErrorCodes.InvalidBatch, $"A batch {rule}.", "$batch");

    public static ODataRequestException CreateTooManyHeaders() =>
        new(400, ODataErrorCodes.LimitExceeded, $"A request of a batch must have at most {MaxHeaderLines} header lines.", "$batch");

    /// <summary>Determines whether a Content-Type specifies a media type, with any parameters.</summary>
    public static bool IsMediaType(string? contentType, string mediaType) =>
        contentType is not null && contentType.AsSpan(0, contentType.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? end : contentType.Length)
            .Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
