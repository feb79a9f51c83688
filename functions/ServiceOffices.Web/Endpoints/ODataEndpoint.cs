using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using ODataEngine.Protocol;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Passes HTTP requests below one path to an OData service, and converts its responses.</summary>
/// <param name="rootPath">Path of the service root, with a slash at both ends.</param>
/// <param name="contentLimiter">Limits the content of all requests; null for the default limits.</param>
public sealed class ODataEndpoint(RequestPipeline pipeline, ODataService service, ReplyCache replyCache, PublicUrl publicUrl, string rootPath, RequestContentLimiter? contentLimiter = null)
{
    /// <summary>Path of the service root of the register.</summary>
    public const string ServiceRootPath = "/odata/v1/";

    private readonly RequestContentLimiter content = contentLimiter ?? new RequestContentLimiter();

    // Nearly all requests have the same service root, so its Uri is parsed once.
    private Uri lastServiceRoot = new("http://localhost/");

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicReadOrPost, CreateReplyAsync, ToReply);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var serviceRoot = publicUrl.GetBaseUrl(request) + request.PathBase.ToUriComponent() + rootPath;
        if (!replyCache.IsEnabled || !HttpMethods.IsGet(request.Method) || await service.GetCurrentRevisionAsync(cancellationToken) is not { } revision)
        {
            return await HandleAsync(request, serviceRoot, cancellationToken);
        }

        var key = ReplyCacheKey.Create(request, serviceRoot);
        if (replyCache.TryGet(key, revision, compressed: request.Headers.AcceptEncoding.Count > 0) is { } cached)
        {
            return cached;
        }

        var reply = await HandleAsync(request, serviceRoot, cancellationToken);
        replyCache.Add(key, revision, reply);
        return reply;
    }

    private async ValueTask<Reply> HandleAsync(HttpRequest request, string serviceRoot, CancellationToken cancellationToken)
    {
        var body = HttpMethods.IsPost(request.Method) ? await content.ReadAsync(request.Body, service.Options.Limits.MaxBodyBytes, cancellationToken) : [];
        if (body is null)
        {
            return ToReply(new HttpProblem(StatusCodes.Status413PayloadTooLarge, $"The content of a request must not exceed {service.Options.Limits.MaxBodyBytes} bytes (MaxBodyBytes)."));
        }

        var path = request.Path.Value!;
        var relative = path.Length > rootPath.Length ? path[rootPath.Length..] : "";
        var query = request.QueryString.Value is { Length: > 0 } text ? text[1..] : "";
        var response = await service.HandleAsync(
            new ODataRequest(request.Method, relative, query, name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, GetServiceRoot(serviceRoot))
            {
                Body = body,
            },
            cancellationToken);
        return ToReply(response);
    }

    private Uri GetServiceRoot(string serviceRoot)
    {
        var last = lastServiceRoot;
        return last.OriginalString == serviceRoot ? last : lastServiceRoot = new Uri(serviceRoot);
    }

    private static Reply ToReply(HttpProblem problem) => ToReply(ODataService.CreateError(problem.Status, problem.Detail));

    private static Reply ToReply(ODataResponse response)
    {
        ImmutableArray<(string, string)> headers = response.Revision is { } revision
            ? [.. response.Headers, (Reply.RevisionHeader, revision.ToString(CultureInfo.InvariantCulture))]
            : [.. response.Headers];
        return new Reply
        {
            Status = response.Status,
            MediaType = response.ContentType,
            Body = response.WriteContentAsync is { } write ? ReplyBody.From(write) : ReplyBody.From(response.Content),
            IsCompressible = !response.IsCompressed,
            ETag = response.ETag is { } tag ? new EntityTag(tag[3..^1], IsWeak: true) : null,
            LastModified = response.LastModified,
            CacheControl = response switch
            {
                { IsCacheable: false } => CachePolicy.NoStore,
                { IsImmutable: true } => CachePolicy.Immutable,
                _ => CachePolicy.Latest,
            },
            Vary = response.Vary,
            Headers = headers,
        };
    }
}
