using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Batch;

/// <summary>Answers the requests of a batch one after the other (OData 4.01 Part 1, 11.7).</summary>
/// <param name="answer">Answers one request.</param>
internal sealed class BatchExecutor(ODataRequest request, Preferences preferences, Func<ODataRequest, ValueTask<ODataResponse>> answer)
{
    private readonly Dictionary<string, (string Path, bool Succeeded)> done = new(StringComparer.Ordinal);

    /// <summary>The answers so far; without <c>continue-on-error</c> the first that is an error is the last.</summary>
    public async ValueTask<IReadOnlyList<(BatchRequest Item, ODataResponse Response)>> ExecuteAsync(IReadOnlyList<BatchRequest> items)
    {
        var answers = new List<(BatchRequest, ODataResponse)>(items.Count);
        foreach (var item in items)
        {
            var response = await ExecuteAsync(item);
            answers.Add((item, response));
            if (item.Id is not null)
            {
                done[item.Id] = (Resolve(item.Url)?.Path ?? "", response.Status < 400);
            }

            if (response.Status >= 400 && !preferences.ContinueOnError)
            {
                break;
            }
        }

        return answers;
    }

    private ValueTask<ODataResponse> ExecuteAsync(BatchRequest item)
    {
        if (item.DependsOn.FirstOrDefault(id => !done.TryGetValue(id, out var earlier) || !earlier.Succeeded) is { } failed)
        {
            return Failure(424, ODataErrorCodes.FailedDependency, $"The request depends on '{failed}', which is not among the earlier requests that succeeded.");
        }

        if (Resolve(item.Url) is not { } target)
        {
            return Failure(400, ODataErrorCodes.InvalidUrl, $"The url of a batched request must lie below {request.ServiceRoot}; got '{item.Url}'.");
        }

        if (target.Path.Equals("$batch", StringComparison.OrdinalIgnoreCase))
        {
            return Failure(400, ODataErrorCodes.NestedBatch, "A batch cannot hold a batch.");
        }

        return WithoutFile(answer(new ODataRequest(item.Method.ToUpperInvariant(), target.Path, target.Query, Header(item), request.ServiceRoot) { Body = item.Body }));
    }

    // A batch is built in memory; a file is written while it is made.
    private static async ValueTask<ODataResponse> WithoutFile(ValueTask<ODataResponse> pending)
    {
        var response = await pending;
        return response.WriteContentAsync is null ? response : ErrorResponse.Create(
            new ODataRequestException(406, ODataErrorCodes.NotAcceptable, "A batch cannot hold a file; ask for it by a GET of its own.", "$format"), isVersion401: false);
    }

    // What a batched request does not say itself, it takes from the batch (OData JSON Format 4.01, 19.1).
    private Func<string, string?> Header(BatchRequest item) => name =>
        item.Headers.TryGetValue(name, out var own) ? own
        : name.Equals("OData-MaxVersion", StringComparison.OrdinalIgnoreCase) || name.Equals("OData-Version", StringComparison.OrdinalIgnoreCase) ? request.GetHeader(name)
        : null;

    private static ValueTask<ODataResponse> Failure(int status, string code, string message) =>
        ValueTask.FromResult(ErrorResponse.Create(new ODataRequestException(status, code, message), isVersion401: false));

    /// <summary>The path below the service root, decoded as the host decodes it, and the query; null where the URL lies elsewhere.</summary>
    private (string Path, string Query)? Resolve(string url)
    {
        if (url.StartsWith('$') && done.TryGetValue(url[1..].Split('/', '?')[0], out var earlier))
        {
            url = earlier.Path + url[(1 + url[1..].Split('/', '?')[0].Length)..];
        }

        var (path, query) = url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? (url[..mark], url[(mark + 1)..]) : (url, "");
        var root = request.ServiceRoot;
        if (path.StartsWith('/'))
        {
            path = path.StartsWith(root.AbsolutePath, StringComparison.Ordinal) ? path[root.AbsolutePath.Length..] : "//";
        }
        else if (path.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            path = path.StartsWith(root.AbsoluteUri, StringComparison.OrdinalIgnoreCase) ? path[root.AbsoluteUri.Length..] : "//";
        }

        return path == "//"
            ? null
            : (string.Join("%2F", path.Split("%2F").SelectMany(part => part.Split("%2f")).Select(Uri.UnescapeDataString)), query);
    }
}

/// <summary>The fields that a batched response carries.</summary>
internal static class BatchHeaders
{
    public static IEnumerable<(string Name, string Value)> GetHeaders(ODataResponse response)
    {
        if (response.ContentType is not null)
        {
            yield return ("Content-Type", response.ContentType);
        }

        foreach (var header in response.Headers)
        {
            yield return header;
        }

        if (!response.Vary.IsEmpty)
        {
            yield return ("Vary", string.Join(", ", response.Vary));
        }

        if (response.ETag is not null)
        {
            yield return ("ETag", response.ETag);
        }
    }
}

/// <summary>One request of a batch.</summary>
/// <param name="Id">Unique within the batch; null where a multipart request states none.</param>
/// <param name="Url">Absolute, absolute path, relative to the service root, or <c>$id/…</c> that continues an earlier request's URL.</param>
/// <param name="DependsOn">Ids that must have succeeded before.</param>
internal sealed record BatchRequest(
    string? Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, IReadOnlyList<string> DependsOn);
