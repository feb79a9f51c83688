using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServiceOffices.OData;

namespace ServiceOffices.Http;

/// <summary>Brings HTTP requests below one path to an OData engine, and its answers back.</summary>
/// <param name="root">The service root's path, with a slash at both ends.</param>
public sealed class ODataEndpoint(Boundary boundary, ODataService odata, StoredReplies stored, PublicAddress address, string root)
{
    /// <summary>Where the register's OData service lives.</summary>
    public const string RegisterRoot = "/odata/v1/";

    // Nearly all requests come by the same address, and a Uri takes longer to read than a key to find.
    private Uri lastRoot = new("http://localhost/");

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.ReadOrPost, ReplyAsync, ToReply);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var serviceRoot = address.Of(request) + request.PathBase.ToUriComponent() + root;
        if (!stored.IsOn || !HttpMethods.IsGet(request.Method) || await odata.CurrentRevisionAsync(cancellationToken) is not { } revision)
        {
            return await AnswerAsync(request, serviceRoot, cancellationToken);
        }

        var key = ReplyKey.Of(request, serviceRoot);
        if (stored.Find(key, revision, compressed: request.Headers.AcceptEncoding.Count > 0) is { } known)
        {
            return known;
        }

        var reply = await AnswerAsync(request, serviceRoot, cancellationToken);
        stored.Keep(key, revision, reply);
        return reply;
    }

    private async ValueTask<Reply> AnswerAsync(HttpRequest request, string serviceRoot, CancellationToken cancellationToken)
    {
        var body = HttpMethods.IsPost(request.Method) ? await BodyAsync(request, odata.Options.Limits.MaxBodyBytes, cancellationToken) : ReadOnlyMemory<byte>.Empty;
        if (body is null)
        {
            return ToReply(new HttpProblem(StatusCodes.Status413PayloadTooLarge, $"The content of a request must not exceed {odata.Options.Limits.MaxBodyBytes} bytes (MaxBodyBytes)."));
        }

        var path = request.Path.Value!;
        var relative = path.Length > root.Length ? path[root.Length..] : "";
        var query = request.QueryString.Value is { Length: > 0 } text ? text[1..] : "";
        var response = await odata.AnswerAsync(
            new ODataRequest(request.Method, relative, query, name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, RootOf(serviceRoot))
            {
                Body = body.Value,
            },
            cancellationToken);
        return ToReply(response);
    }

    private Uri RootOf(string serviceRoot)
    {
        var last = lastRoot;
        return last.OriginalString == serviceRoot ? last : lastRoot = new Uri(serviceRoot);
    }

    private static Reply ToReply(HttpProblem problem) => ToReply(ODataService.Failure(problem.Status, problem.Detail));

    private static Reply ToReply(ODataResponse response)
    {
        ImmutableArray<string> vary = [];
        var headers = ImmutableArray.CreateBuilder<(string, string)>(response.Headers.Count + 1);
        foreach (var (name, value) in response.Headers)
        {
            if (name == "Vary")
            {
                vary = [.. value.Split(", ")];
            }
            else
            {
                headers.Add((name, value));
            }
        }

        if (response.Revision is { } revision)
        {
            headers.Add((Reply.RevisionHeader, revision.ToString(CultureInfo.InvariantCulture)));
        }

        return new Reply
        {
            Status = response.Status,
            MediaType = response.ContentType,
            Body = response.Write is { } write ? Payload.Of(write) : Payload.Of(response.Content),
            Compress = !response.IsCompressed,
            ETag = response.ETag is { } tag ? new EntityTag(tag[3..^1], IsWeak: true) : null,
            LastModified = response.LastModified,
            CacheControl = response switch
            {
                { ETag: null } => CachePolicy.NoStore,
                { IsFixed: true } => CachePolicy.Immutable,
                _ => CachePolicy.Latest,
            },
            Vary = vary,
            Headers = headers.DrainToImmutable(),
        };
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var room = new byte[16 * 1024];
        while (await request.Body.ReadAsync(room, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > maxBytes)
            {
                return null;
            }

            body.Write(room, 0, read);
        }

        return body.ToArray();
    }
}
