using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Http;

/// <summary><c>/openapi.json</c>: the contract of every route. It is openapi/openapi.yaml as JSON, which a test keeps in step.</summary>
public sealed class OpenApiEndpoint(Boundary boundary)
{
    private const string Resource = "openapi.json";

    // The document changes with the platform's version only, so one reply serves all.
    private readonly Reply reply = Document(Read());

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptions.Problem(request)?.ToReply() ?? reply);

    private static Reply Document(byte[] json) => new()
    {
        MediaType = "application/json",
        Body = Payload.Of(json),
        Encoded = [.. ContentCoding.Compressed.Select(coding => (coding, coding.CompressSmall(json)))],
        ETag = ContentTag.Of(json),
        CacheControl = CachePolicy.Latest,
    };

    internal static byte[] Read()
    {
        using var resource = typeof(OpenApiEndpoint).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly holds no {Resource}.");
        using var json = new MemoryStream();
        resource.CopyTo(json);
        return json.ToArray();
    }
}
