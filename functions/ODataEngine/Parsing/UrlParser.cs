using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing;

/// <summary>
/// Parses the URL of a request (OData 4.01 Part 2; Data Aggregation 4.0) and binds it to the model in one pass. A parser is
/// thread-safe and can be reused.
/// </summary>
public sealed class UrlParser(EntityModel model, ODataLimits limits)
{
    private readonly TypeCatalog types = new(model);

    /// <param name="path">Relative to the service root, percent-decoded once except for %2F.</param>
    /// <param name="query">The encoded query without the question mark.</param>
    /// <exception cref="ODataRequestException">The URL is invalid, refers to something that does not exist, or exceeds a limit.</exception>
    public ParsedUrl Parse(string path, string query)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        CheckUrlLength(path, query);
        return ParseBody(path, query);
    }

    /// <summary>Parses a path with the body of a POST to <c>/$query</c>, which has the format of a query (4.01 Part 2, 4.17) but not its maximum length.</summary>
    /// <exception cref="ODataRequestException">As for <see cref="Parse"/>.</exception>
    public ParsedUrl ParseBody(string path, string query)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        try
        {
            return Bind(path, query);
        }
        catch (ODataRequestException error) when (error.Code is ODataErrorCodes.Syntax or ODataErrorCodes.TypeMismatch && PercentEncoding.HasUnintendedBlank(query))
        {
            throw new ODataRequestException(error.Status, error.Code, error.Message + " A plus sign in a URL is a blank; write %2B for a plus sign.", error.Target);
        }
    }

    private ParsedUrl Bind(string path, string query)
    {
        var options = RequestQueryOptions.Parse(query);
        var context = new ParseContext(model, types, limits, options);
        var expressions = new ExpressionParser(context);
        var resource = new PathParser(context, expressions).Parse(path);
        CheckAllowedOptions(options, resource);
        CheckSchemaVersion(options.GetString(SystemQueryOptions.SchemaVersion));
        return new ParsedUrl(
            resource.Resource,
            resource.RowType is { } row ? new QueryOptionParser(context, expressions).ParseRequestOptions(options, row)
                : (options.Present & ~SystemQueryOptions.Id) == SystemQueryOptions.None ? Query.Empty : new QueryOptionParser(context, expressions).ParseWithoutRow(options),
            context.VariableCount,
            options.GetString(SystemQueryOptions.Format),
            options.GetString(SystemQueryOptions.SchemaVersion),
            options.GetString(SystemQueryOptions.At),
            options.Revision,
            options.Language)
        {
            IsTimeDependent = context.IsTimeDependent,
        };
    }

    /// <exception cref="ODataRequestException">414: the path or the query is too long.</exception>
    public void CheckUrlLength(string path, string query)
    {
        CheckLength(path.Length, "path");
        CheckLength(query.Length, "query");
    }

    private void CheckLength(int length, string part)
    {
        if (length > limits.MaxQueryLength)
        {
            throw new ODataRequestException(414, ODataErrorCodes.LimitExceeded, string.Create(
                CultureInfo.InvariantCulture,
                $"The {part} of the URL has {length} characters (limit {limits.MaxQueryLength}, {nameof(ODataLimits.MaxQueryLength)})."));
        }
    }

    // OData 4.01 Part 1, 11.2.12: the schema has no version, so only '*', the current one, exists.
    private static void CheckSchemaVersion(string? version)
    {
        if (version is not (null or "*"))
        {
            throw ODataErrors.NotFound($"The schema version '{ODataErrors.Truncate(version)}' does not exist; $schemaversion must be '*', the current version.", "$schemaversion");
        }
    }

    private static void CheckAllowedOptions(RequestQueryOptions options, ParsedPath path)
    {
        var disallowed = options.Present & ~path.Allowed & ~(options.HasUnprefixedId ? SystemQueryOptions.Id : SystemQueryOptions.None);
        if (disallowed == SystemQueryOptions.None)
        {
            return;
        }

        var name = SystemQueryOptionNames.GetName((SystemQueryOptions)(1 << int.TrailingZeroCount((int)disallowed)));
        throw (disallowed & SystemQueryOptions.Index) != 0
            ? ODataErrors.NotSupported("$index is not supported because the service is read-only.", "$index")
            : ODataErrors.OptionNotAllowed(name, $"{name} is not allowed for {path.Description}; allowed: {SystemQueryOptionNames.FormatList(path.Allowed)}.");
    }
}
