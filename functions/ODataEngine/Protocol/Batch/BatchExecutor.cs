using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Batch;

/// <summary>Executes the requests of one batch in their order (OData 4.01 Part 1, 11.7; OData JSON Format 4.01, 19.4).</summary>
/// <param name="isMultipart">True for the rules of multipart requests; false for those of JSON requests.</param>
/// <param name="handleAsync">Handles one request.</param>
internal sealed class BatchExecutor(ODataRequest request, bool isVersion401, bool isMultipart, Func<ODataRequest, ValueTask<ODataResponse>> handleAsync)
{
    private readonly BatchUrlResolver urls = new(request.ServiceRoot);
    private readonly BatchHeaderInheritance inheritance = new(request);
    // By the id of a request or a group.
    private readonly Dictionary<string, bool> succeeded = new(StringComparer.Ordinal);

    /// <summary>Gets the responses in the order of the requests. Execution stops after a failure unless the batch continues on errors.</summary>
    public async ValueTask<IReadOnlyList<BatchResponse>> ExecuteAsync(IReadOnlyList<BatchRequest> items)
    {
        // Multipart stops on the first error unless the client requests otherwise (Part 1, 11.7.7.4), JSON only if the preference is false (19.4).
        var continues = Preferences.Parse(request.GetHeader("Prefer")).ContinueOnError ?? !isMultipart;
        var responses = new List<BatchResponse>(items.Count);
        var next = 0;
        while (next < items.Count)
        {
            var first = next++;
            while (next < items.Count && items[first].GroupId is { } groupId && items[next].GroupId == groupId)
            {
                next++;
            }

            if (!await ExecuteGroupAsync(items, first, next, responses) && !continues)
            {
                break;
            }
        }

        return responses;
    }

    /// <summary>Executes the requests of a group, or a single one.</summary>
    /// <returns>True if all succeeded.</returns>
    private async ValueTask<bool> ExecuteGroupAsync(IReadOnlyList<BatchRequest> items, int start, int end, List<BatchResponse> responses)
    {
        var groupId = items[start].GroupId;
        var firstResponse = responses.Count;
        BatchResponse? failure = null;
        // A group is not started if one of its requests cannot be executed.
        var isRejected = groupId is not null && HasError(items, start, end);
        for (var i = start; i < end; i++)
        {
            var item = items[i];
            var response = item.Error is not null || !(isRejected || failure is not null)
                ? await ExecuteAsync(item)
                : CreateError(424, ODataErrorCodes.FailedDependency, $"Another request of the group '{groupId}' failed.");
            var batchResponse = new BatchResponse(item.Id, groupId, response);
            responses.Add(batchResponse);
            if (response.Status >= 400 && (item.Error is not null || !isRejected))
            {
                failure ??= batchResponse;
            }

            SetResult(item.Id, response.Status is >= 200 and < 300);
        }

        if (groupId is not null)
        {
            CompleteGroup(items, start, end, failure is null);
            if (failure is not null && isMultipart)
            {
                // Part 1, 11.7.7.5: one response applies to all requests of a change set that failed.
                responses.RemoveRange(firstResponse, responses.Count - firstResponse);
                responses.Add(failure);
            }
        }

        return failure is null;
    }

    private static bool HasError(IReadOnlyList<BatchRequest> items, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (items[i].Error is not null)
            {
                return true;
            }
        }

        return false;
    }

    // 19.5: if one request of a group fails, all are considered failed.
    private void CompleteGroup(IReadOnlyList<BatchRequest> items, int start, int end, bool isSuccessful)
    {
        SetResult(items[start].GroupId, isSuccessful);
        for (var i = start; i < end && !isSuccessful; i++)
        {
            SetResult(items[i].Id, false);
        }
    }

    private void SetResult(string? id, bool isSuccessful)
    {
        if (id is not null)
        {
            succeeded[id] = isSuccessful;
        }
    }

    private async ValueTask<ODataResponse> ExecuteAsync(BatchRequest item)
    {
        if (item.Error is { } error)
        {
            return ErrorResponse.Create(error, isVersion401);
        }

        foreach (var id in item.DependsOn)
        {
            if (!succeeded.GetValueOrDefault(id))
            {
                return CreateError(424, ODataErrorCodes.FailedDependency, $"The request depends on '{id}', which is not among the earlier requests that succeeded.");
            }
        }

        if (urls.Resolve(item.Url) is not { } target)
        {
            return CreateError(400, ODataErrorCodes.InvalidUrl, $"The URL of a request of a batch must be below {request.ServiceRoot}; got '{ODataErrors.Truncate(item.Url)}'.");
        }

        if (item.Id is not null)
        {
            urls.Add(item.Id, target.Path);
        }

        if (target.Path.Equals("$batch", StringComparison.OrdinalIgnoreCase))
        {
            return CreateError(400, ODataErrorCodes.NestedBatch, "A batch cannot contain a batch.");
        }

        var method = item.Method.ToUpperInvariant();
        var response = await handleAsync(new ODataRequest(method, target.Path, target.Query, inheritance.CreateGetHeader(item), request.ServiceRoot) { Body = item.Body });
        if (response.WriteContentAsync is not null)
        {
            // A batch response is created in memory; a file is streamed.
            return CreateError(406, ODataErrorCodes.NotAcceptable, "A batch cannot contain a file; request it with a separate GET.", "$format");
        }

        return method switch
        {
            "GET" => BatchPreconditions.Apply(item.Headers, response, isVersion401),
            "HEAD" => BatchPreconditions.Apply(item.Headers, response, isVersion401) with { Content = default },
            _ => response,
        };
    }

    private ODataResponse CreateError(int status, string code, string message, string? target = null) =>
        ErrorResponse.Create(new ODataRequestException(status, code, message, target), isVersion401);
}
