namespace ServiceOffices.OData;

/// <summary>The part of an answer that one response shows, and the link to the rest (OData 4.01 Part 1, 11.2.6.7).</summary>
/// <param name="NextLink">Null where this is the last page.</param>
internal readonly record struct Page(int Start, int Count, string? NextLink)
{
    /// <summary>Items that earlier pages have shown.</summary>
    public static long Served(ReadRequest read) => read.Url.Query.SkipToken is { } text ? SkipToken.Parse(text).Served : 0;

    /// <summary>Items that a page shows at most.</summary>
    public static int Size(ReadRequest read) => Math.Min(read.Preferences.MaxPageSize ?? int.MaxValue, read.Options.PageSize);

    /// <param name="total">Items that the options leave, before paging; counted at least one beyond this page.</param>
    public static Page Of(ReadRequest read, int total)
    {
        var start = (int)Math.Min(Served(read), total);
        var size = Size(read);
        if (size < read.Options.PageSize)
        {
            read.Preferences.ApplyPageSize(size);
        }

        return total - start <= size
            ? new Page(start, total - start, null)
            : new Page(start, size, LinkWith(
                read, "$skiptoken=" + new SkipToken(read.Tables.Revision, start + size, read.Tracks).Text(read.Request, read.Tables), "skiptoken"));
    }

    /// <summary>The request's own URL with one more option, in the place of those named.</summary>
    public static string LinkWith(ReadRequest read, string option, params IReadOnlyList<string> replaced)
    {
        var kept = read.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !replaced.Contains(Uri.UnescapeDataString(part.Split('=')[0]).TrimStart('$'), StringComparer.OrdinalIgnoreCase));
        var path = string.Join('/', read.Request.Path.Split('/').Select(segment => Uri.EscapeDataString(segment).Replace("%252F", "%2F", StringComparison.Ordinal)));
        return $"{read.Request.ServiceRoot.AbsoluteUri}{path}?{string.Join('&', kept.Append(option))}";
    }
}
