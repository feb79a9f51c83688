using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ODataEngine.Execution.Indexes;
using ODataEngine.Model;
using ODataEngine.Parsing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Batch;
using ODataEngine.Protocol.Metadata;
using ODataEngine.Protocol.Negotiation;
using ODataEngine.Protocol.Responses;
using ODataEngine.Protocol.Revisions;

namespace ODataEngine.Protocol;

/// <summary>
/// The OData engine: answers a request from the tables of one revision. It is generic over the model that it is given.
/// </summary>
public sealed partial class ODataService(EntityModel model, ODataOptions options, ITableSource source, TimeProvider timeProvider)
{
    private readonly UrlParser parser = new(model, options.Limits);
    private readonly RevisionResolver revisionResolver = new(model, source);
    // By the document's form, of which there are four; a form's memory is always the same.
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, string> metadataETags = [];
    private readonly IndexCache indexes = new(options.Indexing, options.Telemetry);
    private readonly MetadataDocument metadata = new(model, options.Metadata);

    public EntityModel Model { get; } = model;

    public ODataOptions Options { get; } = options;

    /// <summary>Answers a request. Whatever the client sends, the answer is one; an exception means that the engine is at fault.</summary>
    public async ValueTask<ODataResponse> HandleAsync(ODataRequest request, CancellationToken cancellationToken)
    {
        var isVersion401 = false;
        try
        {
            var headers = SelectingHeaders.Create(request.GetHeader, static (getHeader, name) => getHeader(name));
            isVersion401 = ResponseFormat.NegotiateVersion(headers);
            RejectIsolation(headers);
            return request.Method switch
            {
                "GET" or "HEAD" when StatusMonitor.FindRequest(request) is { } deferred => await HandleDeferredAsync(deferred, cancellationToken),
                "GET" when Preferences.Parse(headers.Prefer).RespondAsync => StatusMonitor.CreateAcceptedResponse(request, isVersion401),
                "GET" or "HEAD" => await HandleReadAsync(request, headers, isVersion401, cancellationToken),
                "POST" when IsPath(request.Path, "$batch") => await new BatchHandler(Options.Limits.MaxBatchRequests, HandleAsync).HandleAsync(request, isVersion401, cancellationToken),
                "POST" when request.Path.EndsWith("/$query", StringComparison.OrdinalIgnoreCase) => await HandleReadAsync(ReadQueryFromBody(request), headers, isVersion401, cancellationToken),
                _ => CreateMethodNotAllowed(request, isVersion401),
            };
        }
        catch (ODataRequestException error)
        {
            return ErrorResponse.Create(error, isVersion401);
        }
    }

    /// <summary>The revision that requests are answered from unless they name another; null before there is any.</summary>
    public async ValueTask<long?> CurrentRevisionAsync(CancellationToken cancellationToken) => (await source.GetCurrentAsync(cancellationToken))?.Revision;

    /// <summary>An error in the engine's one shape, for what its host must refuse.</summary>
    public static ODataResponse CreateError(int status, string message) =>
        ErrorResponse.Create(new ODataRequestException(status, status >= 500 ? ODataErrorCodes.ServerError : ODataErrorCodes.InvalidRequest, message), isVersion401: false);

    // OData 4.01 Part 1, 11.6: the monitor answers as the request would have, and says its status apart too.
    private async ValueTask<ODataResponse> HandleDeferredAsync(ODataRequest request, CancellationToken cancellationToken)
    {
        var response = await HandleAsync(request, cancellationToken);
        return response with { Headers = [.. response.Headers, ("AsyncResult", response.Status.ToString(CultureInfo.InvariantCulture))] };
    }

    private static void RejectIsolation(in SelectingHeaders headers)
    {
        // OData 4.01 Part 1, 8.2.7: a service that cannot isolate must say so.
        if (headers.Isolation is not null)
        {
            throw new ODataRequestException(412, ODataErrorCodes.IsolationNotSupported, "Snapshot isolation across requests is not supported; leave the Isolation field out.", "Isolation");
        }
    }

    private static bool IsPath(string path, string name) => path.TrimEnd('/').Equals(name, StringComparison.OrdinalIgnoreCase);

    private static ODataResponse CreateMethodNotAllowed(ODataRequest request, bool isVersion401)
    {
        var allow = IsPath(request.Path, "$batch") ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
        var error = ErrorResponse.Create(
            new ODataRequestException(405, ODataErrorCodes.MethodNotAllowed, $"The service only reads: allowed here are {allow}; got {request.Method}."), isVersion401);
        return error with { Headers = [.. error.Headers, ("Allow", allow)] };
    }

    // OData 4.01 Part 2, 3.4: the options of a request too long for a URL come as its content.
    private static ODataRequest ReadQueryFromBody(ODataRequest request)
    {
        var type = MediaRange.Parse(request.GetHeader("Content-Type")) is [var mediaType, ..] ? mediaType.Type : null;
        if (type != "text/plain")
        {
            throw new ODataRequestException(415, ODataErrorCodes.UnsupportedMediaType, $"The content of a $query request must be text/plain; got '{type}'.", "Content-Type");
        }

        // The content may hold what an address must not, such as spaces: nextLinks and delta links repeat it.
        var options = InvalidUrlCharacters().Replace(Encoding.UTF8.GetString(request.Body.Span).Trim(), match => Uri.EscapeDataString(match.Value));
        return request with
        {
            Method = "GET",
            Path = request.Path[..^"/$query".Length],
            Query = string.Join('&', ((string[])[request.Query, options]).Where(part => part.Length > 0)),
        };
    }

    private async ValueTask<ODataResponse> HandleReadAsync(ODataRequest request, SelectingHeaders headers, bool isVersion401, CancellationToken cancellationToken)
    {
        using var telemetry = new QueryTelemetry(Options.Telemetry);
        var url = ParseUrl(request);
        telemetry.RecordParsed(url);
        var tables = await revisionResolver.ResolveAsync(request, url, cancellationToken);
        if (url.Resource is MetadataResource)
        {
            return CreateMetadataResponse(headers.Accept, url, isVersion401);
        }

        var format = NegotiateFormat(headers.Accept, url, isVersion401);
        var previousTables = tables;
        if (url.Query.DeltaToken is not null)
        {
            (previousTables, tables) = await revisionResolver.ResolveDeltaAsync(request, url, tables, cancellationToken);
        }

        var context = CreateContext(tables);
        if (context.ETag is not null && request.GetHeader("If-None-Match") is { } ifNoneMatch && ifNoneMatch.Contains(context.ETag, StringComparison.Ordinal))
        {
            // The same URL, format and revision: whatever was answered then holds still.
            return context.CreateResponse(304, null, default);
        }

        return url.Resource switch
        {
            _ when format.FileFormat is not null => new FileResponseBuilder(context).Build(),
            ServiceDocumentResource => context.CreateResponse(200, format.ContentType, ServiceDocument.Write(Model, request.ServiceRoot, format)),
            ValueResource { Value.Type: CollectionType { Element: StructuredType { IsEntity: true } } } value when url.Query.DeltaToken is not null =>
                new DeltaResponseBuilder(context, CreateContext(previousTables), value).Build(),
            ValueResource { Value.Type: CollectionType { Element: StructuredType { IsEntity: true } } } value => new CollectionResponseBuilder(context, value).Build(),
            ValueResource { Value.Type: StructuredType { IsEntity: true } } value => new EntityResponseBuilder(context, value).Build(),
            ValueResource value => new PropertyResponseBuilder(context, value).Build(),
            CrossJoinResource join => new CrossJoinResponseBuilder(context, join).Build(),
            AllResource => new AllResponseBuilder(context).Build(),
            _ => throw new ODataRequestException(501, ODataErrorCodes.NotSupported, $"'{request.Path}' is not supported."),
        };

        ReadContext CreateContext(TableSet tableSet) => new(request, url, tableSet, format, Preferences.Parse(headers.Prefer), Options, indexes, timeProvider.GetUtcNow());
    }

    private ParsedUrl ParseUrl(ODataRequest request)
    {
        using var activity = Options.Telemetry.StartActivity("parse");
        return parser.Parse(request.Path, request.Query);
    }

    private ResponseFormat NegotiateFormat(string? accept, ParsedUrl url, bool isVersion401)
    {
        if (url.Resource is ValueResource { Kind: ValueKind.Raw or ValueKind.Count })
        {
            return new ResponseFormat(isVersion401, MetadataLevel.Minimal, false, null);
        }

        // What has rows of named columns can be a file.
        var hasRows = url.Resource is CrossJoinResource or ValueResource { Kind: ValueKind.Value, Value.Type: StructuredType or CollectionType { Element: StructuredType } };
        var format = ResponseFormat.Negotiate(isVersion401, url.Format, accept, hasRows ? Options.FileFormats : []);
        if (format.FileFormat is null || url.Language is null)
        {
            return format;
        }

        return format with
        {
            Language = Language.All.FirstOrDefault(language => language.Tag.Equals(url.Language, StringComparison.OrdinalIgnoreCase)) ?? throw new ODataRequestException(
                400, ODataErrorCodes.InvalidOption, $"{RequestQueryOptions.LanguageOption} must be {string.Join(" or ", Language.All.Select(language => language.Tag))}; got '{ODataErrors.Truncate(url.Language)}'.", RequestQueryOptions.LanguageOption),
        };
    }

    private ODataResponse CreateMetadataResponse(string? accept, ParsedUrl url, bool isVersion401)
    {
        var requested = url.Format ?? accept ?? "application/xml";
        var best = ("", Quality: 0m);
        foreach (var range in MediaRange.Parse(url.Format switch { "json" => "application/json", "xml" => "application/xml", _ => requested }))
        {
            var type = range.Type switch
            {
                "application/json" => range.Type,
                "application/xml" or "application/*" or "*/*" => "application/xml",
                _ => null,
            };
            if (type is not null && range.Quality > best.Quality)
            {
                best = (type, range.Quality);
            }
        }

        var (contentType, body) = best switch
        {
            ("application/json", _) => ("application/json", isVersion401 ? metadata.Json401 : metadata.Json40),
            ("application/xml", _) => ("application/xml", isVersion401 ? metadata.Xml401 : metadata.Xml40),
            _ => throw new ODataRequestException(406, ODataErrorCodes.NotAcceptable, $"The metadata document can be application/xml or application/json; got '{requested}'.", "Accept"),
        };
        return new ODataResponse
        {
            Status = 200,
            ContentType = contentType,
            Body = body,
            ETag = metadataETags.GetOrAdd(body, static document => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(document.Span).AsSpan(0, 8))}\""),
            Headers = [("OData-Version", isVersion401 ? "4.01" : "4.0")],
            Vary = SelectingHeaders.Vary,
        };
    }

    // RFC 3986, 3.4, and the brackets that lists and JSON have. A percent sign begins what is encoded already.
    [GeneratedRegex(@"[^!$-;=?-\[\]_a-z~]+")]
    private static partial Regex InvalidUrlCharacters();
}
