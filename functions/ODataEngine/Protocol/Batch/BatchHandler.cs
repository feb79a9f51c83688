using ODataEngine.Execution;
using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Batch;

/// <summary>Handles batch requests in JSON or multipart/mixed (OData 4.01 Part 1, 11.7).</summary>
/// <param name="budget">Limits the memory of contents that the response contains in another form.</param>
/// <param name="handleAsync">Handles one request of a batch.</param>
internal sealed class BatchHandler(int maxRequests, QueryBudget budget, Func<ODataRequest, ValueTask<ODataResponse>> handleAsync)
{
    private const string JsonType = "application/json";
    private const string MultipartType = "multipart/mixed";

    /// <exception cref="ODataRequestException">The batch or its response is too large, the batch cannot be read, or accepts no format of a batch response.</exception>
    public async ValueTask<ODataResponse> HandleAsync(ODataRequest request, bool isVersion401)
    {
        var contentType = request.GetHeader("Content-Type");
        var isJson = BatchRules.IsMediaType(contentType, JsonType);
        if (!isJson && !BatchRules.IsMediaType(contentType, MultipartType))
        {
            throw new ODataRequestException(415, ODataErrorCodes.UnsupportedMediaType, $"A batch must be {JsonType} or {MultipartType}; got '{contentType}'.", "Content-Type");
        }

        var respondsWithJson = NegotiateJson(request.GetHeader("Accept"), isJson);
        var items = isJson ? JsonBatchReader.Read(request.Body) : MultipartBatchReader.Read(request.Body, contentType!);
        if (items.Count > maxRequests)
        {
            throw new ODataRequestException(413, ODataErrorCodes.LimitExceeded, $"A batch must contain at most {maxRequests} requests (MaxBatchRequests); got {items.Count}.", "$batch");
        }

        var executor = new BatchExecutor(request, isVersion401, isMultipart: !isJson, handleAsync);
        var responses = await executor.ExecuteAsync(items);
        var boundary = "batchresponse_" + Guid.NewGuid().ToString("N");
        return new ODataResponse
        {
            Status = 200,
            ContentType = respondsWithJson ? JsonType : $"{MultipartType};boundary={boundary}",
            // The structure of a multipart response follows a multipart request; for a JSON request it is flat (11.7.7.5).
            Content = respondsWithJson ? JsonBatchWriter.Write(responses, budget) : MultipartBatchWriter.Write(responses, boundary, nestsGroups: !isJson),
            Headers = [("OData-Version", isVersion401 ? "4.01" : "4.0")],
        };
    }

    // 11.7.1: Accept chooses the format of the response; without a preference it is that of the request.
    private static bool NegotiateJson(string? accept, bool isJsonRequest) =>
        MediaRange.SelectBest(accept, isJsonRequest ? [JsonType, MultipartType] : [MultipartType, JsonType]) is { } mediaType
            ? mediaType == JsonType
            : throw new ODataRequestException(406, ODataErrorCodes.NotAcceptable, $"A batch response can be {JsonType} or {MultipartType}; got '{ODataErrors.Truncate(accept)}'.", "Accept");
}
