using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ODataEngine.Execution;
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
using ODataEngine.Telemetry;

namespace ODataEngine.Protocol;

/// <summary>The OData engine: answers the requests to a service with any entity model, each from the tables of one revision.</summary>
public sealed partial class ODataService(EntityModel model, ODataOptions options, ITableSource source, TimeProvider timeProvider)
{
    private readonly UrlParser parser = new(model, options.Limits);
    private readonly RevisionResolver revisionResolver = new(model, source);
    private readonly IndexCache indexes = new(options.Indexing, options.Telemetry, options.UsesCollations);
    private readonly MetadataDocument metadata = new(model, options.Metadata);

    public EntityModel Model { get; } = model;

    public ODataOptions Options { get; } = options;

    /// <summary>Answers a request. Invalid requests get an error response; an exception indicates a defect in the engine.</summary>
    public async ValueTask<ODataResponse> HandleAsync(ODataRequest request, CancellationToken cancellationToken)
    {
        using var budget = new QueryBudget(Options.Limits, Options.ExpensiveQueries, cancellationToken);
        return await HandleAsync(request, budget, cancellationToken);
    }

    /// <param name="budget">The budget of the request, or of the batch that contains it.</param>
    private async ValueTask<ODataResponse> HandleAsync(ODataRequest request, QueryBudget budget, CancellationToken cancellationToken)
    {
        var isVersion401 = false;
        try
        {
            var headers = SelectingHeaders.Create(request.GetHeader, static (getHeader, name) => getHeader(name));
            isVersion401 = ResponseFormat.NegotiateVersion(headers);
            RejectIsolation(headers);
            return request.Method switch
            {
                "GET" or "HEAD" when IsPath(request.Path, "$batch") => CreateMethodNotAllowed(request, isVersion401),
                "GET" or "HEAD" when StatusMonitor.FindRequest(request) is { } deferred => await HandleMonitorAsync(request, deferred, isVersion401, budget, cancellationToken),
                "GET" when Preferences.Parse(headers.Prefer).RespondAsync => StatusMonitor.CreateAcceptedResponse(request, isVersion401),
                "GET" or "HEAD" => await HandleReadAsync(request, headers, isVersion401, budget, cancellationToken),
                "POST" when IsPath(request.Path, "$batch") => await HandleBatchAsync(request, isVersion401, budget, cancellationToken),
                "POST" when request.Path.EndsWith("/$query", StringComparison.OrdinalIgnoreCase) => await HandleReadAsync(ReadQueryFromBody(request), headers, isVersion401, budget, cancellationToken),
                _ => CreateMethodNotAllowed(request, isVersion401),
            };
        }
        catch (ODataRequestException error)
        {
            return ErrorResponse.Create(error, isVersion401);
        }
    }

    /// <summary>Gets the current revision, which is used for requests that do not specify one; null before the first.</summary>
    public async ValueTask<long?> GetCurrentRevisionAsync(CancellationToken cancellationToken) => (await source.GetCurrentAsync(cancellationToken))?.Revision;

    /// <summary>Creates an error response in the format of the engine, for requests that the host rejects.</summary>
    public static ODataResponse CreateError(int status, string message) =>
        ErrorResponse.Create(new ODataRequestException(status, status >= 500 ? ODataErrorCodes.ServerError : ODataErrorCodes.InvalidRequest, message), isVersion401: false);

    private async ValueTask<ODataResponse> HandleMonitorAsync(ODataRequest monitor, ODataRequest deferred, bool isVersion401, QueryBudget budget, CancellationToken cancellationToken)
    {
        var response = await HandleAsync(deferred, budget, cancellationToken);
        return await StatusMonitor.CreateResponseAsync(monitor, response, isVersion401, budget, cancellationToken);
    }

    // All requests of a batch share its budget.
    private ValueTask<ODataResponse> HandleBatchAsync(ODataRequest request, bool isVersion401, QueryBudget budget, CancellationToken cancellationToken) =>
        new BatchHandler(Options.Limits.MaxBatchRequests, budget, innerRequest => HandleAsync(innerRequest, budget, cancellationToken)).HandleAsync(request, isVersion401);

    private static void RejectIsolation(in SelectingHeaders headers)
    {
        // OData 4.01 Part 1, 8.2.6: a service that does not support isolation must fail the request.
        if (headers.Isolation is not null)
        {
            throw new ODataRequestException(412, ODataErrorCodes.IsolationNotSupported, "Snapshot isolation is not supported. Remove the Isolation header.", "Isolation");
        }
    }

    private static bool IsPath(string path, string name) => path.TrimEnd('/').Equals(name, StringComparison.OrdinalIgnoreCase);

    private static ODataResponse CreateMethodNotAllowed(ODataRequest request, bool isVersion401)
    {
        var allow = IsPath(request.Path, "$batch") ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
        var error = ErrorResponse.Create(
            new ODataRequestException(405, ODataErrorCodes.MethodNotAllowed, $"The service is read-only. Allowed methods: {allow}; got {request.Method}."), isVersion401);
        return error with { Headers = [.. error.Headers, ("Allow", allow)] };
    }

    // OData 4.01 Part 2, 4.17: a request that is too long for a URL contains its query options in the body.
    private ODataRequest ReadQueryFromBody(ODataRequest request)
    {
        if (request.Body.Length > Options.Limits.MaxQueryBodyBytes)
        {
            throw new ODataRequestException(413, ODataErrorCodes.LimitExceeded,
                $"The content of a $query request can have at most {Options.Limits.MaxQueryBodyBytes} bytes ({nameof(ODataLimits.MaxQueryBodyBytes)}); got {request.Body.Length}.");
        }


        var type = MediaRange.Parse(request.GetHeader("Content-Type")) is [var mediaType, ..] ? mediaType.Type : null;
        if (type != "text/plain")
        {
            throw new ODataRequestException(415, ODataErrorCodes.UnsupportedMediaType, $"The content of a $query request must be text/plain; got '{type}'.", "Content-Type");
        }

        parser.CheckUrlLength(request.Path, request.Query);

        // The body can contain characters that are not allowed in a URL, such as spaces; next links and delta links repeat it.
        var options = InvalidUrlCharacters().Replace(Encoding.UTF8.GetString(request.Body.Span).Trim(), match => Uri.EscapeDataString(match.Value));
        return request with
        {
            Path = request.Path[..^"/$query".Length],
            Query = string.Join('&', ((string[])[request.Query, options]).Where(part => part.Length > 0)),
        };
    }

    private async ValueTask<ODataResponse> HandleReadAsync(ODataRequest request, SelectingHeaders headers, bool isVersion401, QueryBudget budget, CancellationToken cancellationToken)
    {
        using var telemetry = new QueryTelemetry(Options.Telemetry);
        var url = ParseUrl(request);
        telemetry.RecordParsed(url);
        var tables = await revisionResolver.ResolveAsync(request, url, cancellationToken);
        if (url.Resource is MetadataResource)
        {
            return metadata.CreateResponse(url.Format, headers.Accept, isVersion401);
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
            // The same URL, representation and revision: the response has not changed.
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
            AllResource all => new AllResponseBuilder(context, all).Build(),
            _ => throw ODataErrors.NotSupported($"'{request.Path}' is not supported."),
        };

        ReadContext CreateContext(TableSet tableSet) => new(request, url, tableSet, format, Preferences.Parse(headers.Prefer), Options, indexes, budget, timeProvider.GetUtcNow());
    }

    private ParsedUrl ParseUrl(ODataRequest request)
    {
        using var activity = Options.Telemetry.StartActivity("parse");
        // The length of a body has a limit of its own.
        return request.Method == "POST" ? parser.ParseBody(request.Path, request.Query) : parser.Parse(request.Path, request.Query);
    }

    private ResponseFormat NegotiateFormat(string? accept, ParsedUrl url, bool isVersion401)
    {
        if (url.Resource is ValueResource { Kind: ValueKind.Raw or ValueKind.Count } or AllResource { Kind: ValueKind.Count })
        {
            return new ResponseFormat(isVersion401, MetadataLevel.Minimal, false, null);
        }

        // A file needs rows with named columns.
        var hasRows = url.Resource is CrossJoinResource or ValueResource { Kind: ValueKind.Value, Value.Type: StructuredType or CollectionType { Element: StructuredType } };
        var format = ResponseFormat.Negotiate(isVersion401, url.Format, accept, hasRows ? Options.FileFormats : []);
        if (format.FileFormat is null || url.Language is null)
        {
            return format;
        }

        return format with
        {
            Language = Language.All.FirstOrDefault(language => language.Tag.Equals(url.Language, StringComparison.OrdinalIgnoreCase)) ?? throw ODataErrors.InvalidOption(
                RequestQueryOptions.LanguageOption, string.Join(" or ", Language.All.Select(language => language.Tag)), url.Language),
        };
    }

    // The characters of a query (RFC 3986, 3.4) and the brackets of lists and JSON are valid; a percent sign starts an encoded character.
    [GeneratedRegex(@"[^!$-;=?-\[\]_a-z~]+")]
    private static partial Regex InvalidUrlCharacters();
}

/// <summary>Records the kind and the duration of a query in traces and metrics, without its text.</summary>
internal sealed class QueryTelemetry(EngineTelemetry telemetry) : IDisposable
{
    private readonly long startTimestamp = Stopwatch.GetTimestamp();
    private readonly Activity? activity = telemetry.StartActivity("query");
    private string kind = "refused";

    /// <summary>Sets the kind of the query; a query that cannot be parsed is recorded as refused.</summary>
    public void RecordParsed(ParsedUrl url) => kind = GetKind(url);

    public void Dispose()
    {
        telemetry.RecordQuery(kind, Stopwatch.GetElapsedTime(startTimestamp));
        activity?.SetTag("query.kind", kind).Dispose();
    }

    private static string GetKind(ParsedUrl url) => url.Resource switch
    {
        ServiceDocumentResource => "service",
        MetadataResource => "metadata",
        CrossJoinResource => "crossjoin",
        AllResource => "all",
        ValueResource when url.Query.DeltaToken is not null => "delta",
        ValueResource { Kind: ValueKind.Count } => "count",
        ValueResource when url.Query.Apply.Count > 0 => "apply",
        ValueResource when url.Query.Search is not null => "search",
        ValueResource { Value.Type: CollectionType { Element: StructuredType { IsEntity: true } } } => "collection",
        ValueResource { Value.Type: StructuredType { IsEntity: true } } => "entity",
        _ => "property",
    };
}
