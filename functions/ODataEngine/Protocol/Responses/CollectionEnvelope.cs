using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Revisions;

namespace ODataEngine.Protocol.Responses;

/// <summary>The part of an answer that one response shows, and the link to the rest (OData 4.01 Part 1, 11.2.6.7).</summary>
/// <param name="NextLink">Null where this is the last page.</param>
internal readonly record struct ResponsePage(int Start, int Count, string? NextLink)
{
    /// <summary>Items that earlier pages have shown.</summary>
    public static long GetOffset(ReadContext context) => context.Url.Query.SkipToken is { } token ? SkipToken.Parse(token).Offset : 0;

    /// <summary>Items that a page shows at most.</summary>
    public static int GetPageSize(ReadContext context) => Math.Min(context.Preferences.MaxPageSize ?? int.MaxValue, context.Options.PageSize);

    /// <param name="total">Items that the options leave, before paging; counted at least one beyond this page.</param>
    public static ResponsePage Create(ReadContext context, int total)
    {
        var start = (int)Math.Min(GetOffset(context), total);
        var size = GetPageSize(context);
        if (size < context.Options.PageSize)
        {
            context.Preferences.MarkPageSizeApplied(size);
        }

        return total - start <= size
            ? new ResponsePage(start, total - start, null)
            : new ResponsePage(start, size, CreateLink(
                context, "$skiptoken=" + new SkipToken(context.Tables.Revision, start + size, context.TracksChanges).Format(context.Request, context.Tables), "skiptoken"));
    }

    /// <summary>The request's own URL with one more option, in the place of those named.</summary>
    public static string CreateLink(ReadContext context, string option, params IReadOnlyList<string> replacedNames)
    {
        var remaining = context.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !replacedNames.Contains(Uri.UnescapeDataString(part.Split('=')[0]).TrimStart('$'), StringComparer.OrdinalIgnoreCase));
        var path = string.Join('/', context.Request.Path.Split('/').Select(segment => Uri.EscapeDataString(segment).Replace("%252F", "%2F", StringComparison.Ordinal)));
        return $"{context.Request.ServiceRoot.AbsoluteUri}{path}?{string.Join('&', remaining.Append(option))}";
    }
}

/// <summary>What stands around the items of a collection (OData JSON Format 4.01, 4.5): context, count, value and links.</summary>
internal static class CollectionEnvelope
{
    /// <param name="fragment">What the context URL says of the items.</param>
    /// <param name="count">Null where it was not asked for.</param>
    /// <param name="nextLink">Null where nothing follows.</param>
    /// <param name="writeItems">Writes the items as an array.</param>
    /// <param name="deltaLink">Null where changes are not tracked, or more pages follow.</param>
    public static ODataResponse Write(
        ReadContext context, string fragment, long? count, string? nextLink, Action<JsonPayloadWriter, RowWriter> writeItems, string? deltaLink = null) =>
        context.CreateJsonResponse(fragment, (json, rowWriter) =>
        {
            var prefix = context.Format.ControlPrefix;
            if (count is { } number)
            {
                json.WriteMember(prefix + "count", number);
            }

            json.WriteName("value");
            writeItems(json, rowWriter);
            if (nextLink is not null)
            {
                json.WriteMember(prefix + "nextLink", nextLink);
            }

            if (deltaLink is not null)
            {
                json.WriteMember(prefix + "deltaLink", deltaLink);
            }
        });
}
