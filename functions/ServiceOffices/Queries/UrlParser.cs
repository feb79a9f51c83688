using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>
/// Reads a request's URL (OData 4.01 Part 2; Data Aggregation 4.0) and binds it to the model, text to tree in one
/// pass. One parser serves a model for good and may be used by many threads at once.
/// </summary>
public sealed class UrlParser(EntityModel model, QueryLimits limits)
{
    private readonly TypeCatalog types = new(model);

    /// <param name="path">Relative to the service root, percent-decoded once, but for %2F.</param>
    /// <param name="query">
    /// The query part as sent, without the question mark; or the body of a POST to <c>/$query</c>, which has the same
    /// form (4.01 Part 2, 4.17).
    /// </param>
    /// <exception cref="QueryException">The URL is malformed, names what is not there, or exceeds a limit.</exception>
    public ParsedUrl Parse(string path, string query)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        Limit(path.Length, "path");
        Limit(query.Length, "query");
        var options = RequestOptions.Read(query);
        var context = new ParseContext(model, types, limits, options);
        var expressions = new ExpressionParser(context);
        var resource = new PathParser(context, expressions).Parse(path);
        Check(options, resource);
        return new ParsedUrl(
            resource.Resource,
            resource.RowType is { } row ? new QueryParser(context, expressions).ParseMain(options, row)
                : (options.Present & ~SystemOptions.Id) == SystemOptions.None ? Query.Empty : new QueryParser(context, expressions).ParseRowless(options),
            context.Slots,
            options.Text(SystemOptions.Format),
            options.Text(SystemOptions.SchemaVersion),
            options.Text(SystemOptions.At),
            options.Revision,
            options.Language);
    }

    private void Limit(int length, string part)
    {
        if (length > limits.MaxQueryLength)
        {
            throw new QueryException(414, "LimitExceeded", string.Create(
                CultureInfo.InvariantCulture,
                $"The {part} part of the URL has {length} characters; the limit is {limits.MaxQueryLength} ({nameof(QueryLimits.MaxQueryLength)})."));
        }
    }

    private static void Check(RequestOptions options, ParsedPath path)
    {
        var wrong = options.Present & ~path.Allowed & ~(options.HasPlainId ? SystemOptions.Id : SystemOptions.None);
        if (wrong == SystemOptions.None)
        {
            return;
        }

        var name = SystemOptionNames.NameOf((SystemOptions)(1 << int.TrailingZeroCount((int)wrong)));
        throw (wrong & SystemOptions.Index) != 0
            ? new QueryException(501, "NotSupported", "$index is for inserting items, which this service does not do.", "$index")
            : new QueryException(400, "OptionNotAllowed", $"{name} does not apply to {path.Kind}; allowed: {SystemOptionNames.List(path.Allowed)}.", name);
    }
}
