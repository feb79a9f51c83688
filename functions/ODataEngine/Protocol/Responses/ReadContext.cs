using System.Globalization;
using System.Text;
using ODataEngine.Execution;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Indexes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Negotiation;
using ODataEngine.Protocol.Revisions;

namespace ODataEngine.Protocol.Responses;

/// <summary>A read request with everything that its response is built from.</summary>
internal sealed class ReadContext
{
    // Distinguishes results in the order by code unit from those in the order of a language.
    private const string OrdinalVariant = "o";

    public ReadContext(
        ODataRequest request, ParsedUrl url, TableSet tables, ResponseFormat format, Preferences preferences, ODataOptions options, IndexCache indexes, QueryBudget budget, DateTimeOffset now)
    {
        Request = request;
        Url = url;
        Tables = tables;
        Format = format;
        Preferences = preferences;
        Options = options;
        Compiler = new ExpressionCompiler(tables, Math.Max(1, url.VariableCount), now, options.Limits, indexes);
        Evaluation = new EvaluationContext(Math.Max(1, url.VariableCount), budget);
        EntityUrls = new EntityUrls(tables);
        ETag = url.IsTimeDependent
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"W/\"{tables.Revision}.{format.VariantTag}{preferences.GetVariantTag(options.PageSize)}{(options.UsesCollations ? "" : OrdinalVariant)}\"");
    }

    public ODataRequest Request { get; }

    public ParsedUrl Url { get; }

    public TableSet Tables { get; }

    public ResponseFormat Format { get; }

    public Preferences Preferences { get; }

    public ODataOptions Options { get; }

    public ExpressionCompiler Compiler { get; }

    /// <summary>The rows that the variables of the query refer to, and the budget of the query.</summary>
    public EvaluationContext Evaluation { get; }

    public EntityUrls EntityUrls { get; }

    /// <summary>The tag of this representation, created from the revision, the format and the preferences; null if the query depends on the clock.</summary>
    public string? ETag { get; }

    /// <summary>True if the last page has a delta link.</summary>
    public bool TracksChanges => DeltaToken.CanTrackChanges(Url)
        && (Url.Query.DeltaToken is not null || Preferences.TrackChanges || (Url.Query.SkipToken is { } token && SkipToken.Parse(token).TracksChanges));

    /// <exception cref="ODataRequestException">400: a query option that applies only to collections.</exception>
    public void RejectCollectionOptions()
    {
        var query = Url.Query;
        var option = query switch
        {
            { Filter: not null } => "$filter",
            { Search: not null } => "$search",
            { OrderBy.Count: > 0 } => "$orderby",
            { Skip: not null } => "$skip",
            { Top: not null } => "$top",
            { IncludeCount: true } => "$count",
            { Apply.Count: > 0 } => "$apply",
            _ => null,
        };
        if (option is not null)
        {
            throw ODataErrors.OptionNotAllowed(option, $"{option} applies only to collections; '{Request.Path}' is a single value.");
        }
    }

    /// <summary>Creates a JSON object with the context URL and the members that the caller writes.</summary>
    /// <param name="fragment">The fragment of the context URL.</param>
    public ODataResponse CreateJsonResponse(string fragment, Action<JsonPayloadWriter, RowWriter> writeMembers)
    {
        using var activity = Options.Telemetry.StartActivity("write");
        using var json = new JsonPayloadWriter(Format.IsIeee754Compatible, Evaluation.Budget);
        json.WriteStartObject();
        if (Format.MetadataLevel != MetadataLevel.None)
        {
            json.WriteMember(Format.ControlPrefix + "context", ContextUrl.Create(Request.ServiceRoot, fragment));
        }

        writeMembers(json, new RowWriter(this, json));
        json.WriteEndObject();
        return CreateResponse(200, Format.ContentType, default) with { Content = json.Content };
    }

    /// <summary>Creates a response that is a number (OData 4.01 Part 1, 11.2.10).</summary>
    public ODataResponse CreateCountResponse(long count) =>
        CreateResponse(200, "text/plain", Encoding.UTF8.GetBytes(count.ToString(CultureInfo.InvariantCulture)));

    public ODataResponse CreateResponse(int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        return new ODataResponse
        {
            Status = status,
            ContentType = contentType,
            Body = body,
            Headers = CreateHeaders(),
            Vary = SelectingHeaders.Vary,
            ETag = ETag,
            LastModified = ETag is null ? null : Tables.LastModified,
            Revision = Tables.Revision,
            IsImmutable = ETag is not null && Url.Revision is not null,
            IsTimeDependent = Url.IsTimeDependent,
        };
    }

    private List<(string, string)> CreateHeaders()
    {
        var headers = new List<(string, string)> { ("OData-Version", Format.Version) };
        if (Preferences.PreferenceApplied is { } applied)
        {
            headers.Add(("Preference-Applied", applied));
        }

        // OData 4.01 Part 1, 11.2.6.2: language-dependent strings are in the order of this language.
        if (Compiler.OrderLanguage is { } language)
        {
            headers.Add(("Content-Language", language));
        }

        return headers;
    }
}
