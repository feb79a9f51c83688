using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Http;

/// <summary><c>/openapi.json</c>: the contract of every route. It is openapi/openapi.yaml as JSON, which a test keeps in step.</summary>
public sealed class OpenApiEndpoint(RequestPipeline pipeline)
{
    private const string ResourceName = "openapi.json";

    // The document changes with the platform's version only, so one reply serves all.
    private readonly Reply reply = CreateDocumentReply(ReadDocument());

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptionValidator.Validate(request)?.ToReply() ?? reply);

    private static Reply CreateDocumentReply(byte[] json) => new()
    {
        MediaType = "application/json",
        Body = ReplyBody.From(json),
        EncodedBodies = [.. ContentCoding.Compressions.Select(coding => (coding, coding.CompressSmallest(json)))],
        ETag = ContentETag.Compute(json),
        CacheControl = CachePolicy.Latest,
    };

    internal static byte[] ReadDocument()
    {
        using var resource = typeof(OpenApiEndpoint).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly holds no {ResourceName}.");
        using var json = new MemoryStream();
        resource.CopyTo(json);
        return json.ToArray();
    }
}
