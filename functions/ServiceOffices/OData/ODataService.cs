using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ServiceOffices.Indexes;
using ServiceOffices.Queries;
using ServiceOffices.Tables;
using ServiceOffices.Telemetry;

namespace ServiceOffices.OData;

/// <summary>
/// The OData engine: answers a request from the tables of one revision. It is generic over the model that it is given.
/// </summary>
public sealed partial class ODataService(EntityModel model, ODataOptions options, ITableSource source, TimeProvider clock)
{
    private readonly UrlParser parser = new(model, options.Limits);
    private readonly TableChoice choice = new(model, source);
    // By the document's form, of which there are four; a form's memory is always the same.
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, string> metadataTags = [];
    private readonly IndexStore indexes = new(options.Indexing);
    private readonly MetadataDocument metadata = new(model, options.Metadata);

    public EntityModel Model { get; } = model;

    public ODataOptions Options { get; } = options;

    /// <summary>Answers a request. Whatever the client sends, the answer is one; an exception means that the engine is at fault.</summary>
    public async ValueTask<ODataResponse> AnswerAsync(ODataRequest request, CancellationToken cancellationToken)
    {
        var isVersion401 = false;
        try
        {
            isVersion401 = ODataFormat.NegotiateVersion(request.Header);
            Check(request);
            return request.Method switch
            {
                "GET" or "HEAD" when DeferredRequest.Resume(request) is { } deferred => await ResumeAsync(deferred, cancellationToken),
                "GET" when Preferences.Parse(request.Header("Prefer")).RespondAsync => DeferredRequest.Accept(request, isVersion401),
                "GET" or "HEAD" => await ReadAsync(request, isVersion401, cancellationToken),
                "POST" when Is(request.Path, "$batch") => await BatchAsync(request, isVersion401, cancellationToken),
                "POST" when request.Path.EndsWith("/$query", StringComparison.OrdinalIgnoreCase) => await ReadAsync(QueryInBody(request), isVersion401, cancellationToken),
                _ => NotAllowed(request, isVersion401),
            };
        }
        catch (QueryException error)
        {
            return ErrorBody.Of(error, isVersion401);
        }
    }

    /// <summary>The revision that requests are answered from unless they name another; null before there is any.</summary>
    public async ValueTask<long?> CurrentRevisionAsync(CancellationToken cancellationToken) => (await source.CurrentAsync(cancellationToken))?.Revision;

    /// <summary>An error in the engine's one shape, for what its host must refuse.</summary>
    public static ODataResponse Failure(int status, string message) =>
        ErrorBody.Of(new QueryException(status, status >= 500 ? "ServerError" : "InvalidRequest", message), isVersion401: false);

    // OData 4.01 Part 1, 11.6: the monitor answers as the request would have, and says its status apart too.
    private async ValueTask<ODataResponse> ResumeAsync(ODataRequest request, CancellationToken cancellationToken)
    {
        var response = await AnswerAsync(request, cancellationToken);
        return response with { Headers = [.. response.Headers, ("AsyncResult", response.Status.ToString(CultureInfo.InvariantCulture))] };
    }

    private static void Check(ODataRequest request)
    {
        // OData 4.01 Part 1, 8.2.7: a service that cannot isolate must say so.
        if (request.Header("Isolation") is not null || request.Header("OData-Isolation") is not null)
        {
            throw new QueryException(412, "IsolationNotSupported", "Snapshot isolation across requests is not supported; leave the Isolation field out.", "Isolation");
        }
    }

    private static bool Is(string path, string name) => path.TrimEnd('/').Equals(name, StringComparison.OrdinalIgnoreCase);

    private static ODataResponse NotAllowed(ODataRequest request, bool isVersion401)
    {
        var allow = Is(request.Path, "$batch") ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
        var error = ErrorBody.Of(
            new QueryException(405, "MethodNotAllowed", $"The service only reads: allowed here are {allow}; got {request.Method}."), isVersion401);
        return error with { Headers = [.. error.Headers, ("Allow", allow)] };
    }

    // OData 4.01 Part 2, 3.4: the options of a request too long for a URL come as its content.
    private static ODataRequest QueryInBody(ODataRequest request)
    {
        var type = request.Header("Content-Type") is { } text ? MediaRange.Parse(text).FirstOrDefault()?.Type : null;
        if (type != "text/plain")
        {
            throw new QueryException(415, "UnsupportedMediaType", $"The content of a $query request must be text/plain; got '{type}'.", "Content-Type");
        }

        // The content may hold what an address must not, such as spaces: nextLinks and delta links repeat it.
        var options = NotOfUrls().Replace(Encoding.UTF8.GetString(request.Body.Span).Trim(), found => Uri.EscapeDataString(found.Value));
        return request with
        {
            Method = "GET",
            Path = request.Path[..^"/$query".Length],
            Query = string.Join('&', ((string[])[request.Query, options]).Where(part => part.Length > 0)),
        };
    }

    private async ValueTask<ODataResponse> BatchAsync(ODataRequest request, bool isVersion401, CancellationToken cancellationToken)
    {
        var contentType = request.Header("Content-Type") ?? "";
        var isJson = contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
        if (!isJson && !contentType.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            throw new QueryException(415, "UnsupportedMediaType", $"A batch must be application/json or multipart/mixed; got '{contentType}'.", "Content-Type");
        }

        var items = isJson ? JsonBatch.Read(request.Body) : MultipartBatch.Read(request.Body, contentType);
        if (items.Count > Options.Limits.MaxBatchRequests)
        {
            throw new QueryException(413, "LimitExceeded", $"A batch must hold at most {Options.Limits.MaxBatchRequests} requests (MaxBatchRequests); got {items.Count}.", "$batch");
        }

        var preferences = Preferences.Parse(request.Header("Prefer"));
        var answers = await new Batch(request, preferences, inner => AnswerAsync(inner, cancellationToken)).AnswerAsync(items);
        var boundary = "batchresponse_" + Guid.NewGuid().ToString("N");
        return new ODataResponse
        {
            Status = 200,
            ContentType = isJson ? "application/json" : "multipart/mixed;boundary=" + boundary,
            Body = isJson ? JsonBatch.Write(answers) : MultipartBatch.Write(answers, boundary),
            Headers = [("OData-Version", isVersion401 ? "4.01" : "4.0")],
        };
    }

    private async ValueTask<ODataResponse> ReadAsync(ODataRequest request, bool isVersion401, CancellationToken cancellationToken)
    {
        using var telemetry = new QueryTelemetry();
        var url = Parse(request);
        telemetry.Parsed(url);
        var tables = await choice.OfAsync(request, url, cancellationToken);
        if (url.Resource is MetadataResource)
        {
            return Metadata(request, url, isVersion401);
        }

        var format = Format(request, url, isVersion401);
        var before = tables;
        if (url.Query.DeltaToken is not null)
        {
            (before, tables) = await choice.OfDeltaAsync(request, url, tables, cancellationToken);
        }

        var read = Read(tables);
        if (read.ETag is not null && request.Header("If-None-Match") is { } known && known.Contains(read.ETag, StringComparison.Ordinal))
        {
            // The same URL, format and revision: whatever was answered then holds still.
            return read.Response(304, null, default);
        }

        return url.Resource switch
        {
            _ when format.File is not null => new FileAnswer(read).Write(),
            ServiceDocumentResource => read.Response(200, format.ContentType, ServiceDocument.Write(Model, request.ServiceRoot, format)),
            ValueResource { Value.Type: CollectionType { Element: StructuredType { IsEntity: true } } } value when url.Query.DeltaToken is not null =>
                new DeltaAnswer(read, Read(before), value).Write(),
            ValueResource { Value.Type: CollectionType { Element: StructuredType { IsEntity: true } } } value => new CollectionAnswer(read, value).Write(),
            ValueResource { Value.Type: StructuredType { IsEntity: true } } value => new EntityAnswer(read, value).Write(),
            ValueResource value => new PropertyAnswer(read, value).Write(),
            CrossJoinResource join => new CrossJoinAnswer(read, join).Write(),
            AllResource => new AllAnswer(read).Write(),
            _ => throw new QueryException(501, "NotSupported", $"'{request.Path}' is not supported."),
        };

        ReadRequest Read(TableSet from) => new(request, url, from, format, Preferences.Parse(request.Header("Prefer")), Options, indexes, clock.GetUtcNow());
    }

    private ParsedUrl Parse(ODataRequest request)
    {
        using var step = Traced.Start("parse");
        return parser.Parse(request.Path, request.Query);
    }

    private ODataFormat Format(ODataRequest request, ParsedUrl url, bool isVersion401)
    {
        if (url.Resource is ValueResource { Form: ValueForm.Raw or ValueForm.Count })
        {
            return new ODataFormat(isVersion401, MetadataLevel.Minimal, false, null);
        }

        // What has rows of named columns can be a file.
        var hasRows = url.Resource is CrossJoinResource or ValueResource { Form: ValueForm.Value, Value.Type: StructuredType or CollectionType { Element: StructuredType } };
        var format = ODataFormat.Negotiate(isVersion401, url.Format, request.Header("Accept"), hasRows ? Options.Files : []);
        if (format.File is null || url.Language is null)
        {
            return format;
        }

        return format with
        {
            Language = Language.All.FirstOrDefault(language => language.Tag.Equals(url.Language, StringComparison.OrdinalIgnoreCase)) ?? throw new QueryException(
                400, "InvalidOption", $"{RequestOptions.LanguageName} must be {string.Join(" or ", Language.All.Select(language => language.Tag))}; got '{Names.Clip(url.Language)}'.", RequestOptions.LanguageName),
        };
    }

    private ODataResponse Metadata(ODataRequest request, ParsedUrl url, bool isVersion401)
    {
        var wanted = url.Format ?? request.Header("Accept") ?? "application/xml";
        var best = ("", Quality: 0m);
        foreach (var range in MediaRange.Parse(url.Format switch { "json" => "application/json", "xml" => "application/xml", _ => wanted }))
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
            _ => throw new QueryException(406, "NotAcceptable", $"The metadata document can be application/xml or application/json; got '{wanted}'.", "Accept"),
        };
        return new ODataResponse
        {
            Status = 200,
            ContentType = contentType,
            Body = body,
            ETag = metadataTags.GetOrAdd(body, static form => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(form.Span).AsSpan(0, 8))}\""),
            Headers = [("OData-Version", isVersion401 ? "4.01" : "4.0"), ("Vary", ReadRequest.Vary)],
        };
    }

    // RFC 3986, 3.4, and the brackets that lists and JSON have. A percent sign begins what is encoded already.
    [GeneratedRegex(@"[^!$-;=?-\[\]_a-z~]+")]
    private static partial Regex NotOfUrls();
}
