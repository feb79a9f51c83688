namespace ServiceOffices.OData;

/// <summary>The part of an answer that one response shows, and the link to the rest (OData 4.01 Part 1, 11.2.6.7).</summary>
/// <param name="NextLink">Null where this is the last page.</param>
internal readonly record struct Page(int Start, int Count, string? NextLink)
{
    /// <param name="total">Items that the options leave, before paging.</param>
    public static Page Of(ReadRequest read, int total)
    {
        var token = read.Url.Query.SkipToken;
        var start = token is null ? 0 : (int)Math.Min(SkipToken.Parse(token).Served, total);
        var size = read.Options.PageSize;
        if (read.Preferences.MaxPageSize is { } wanted && wanted < size)
        {
            size = wanted;
            read.Preferences.ApplyPageSize(wanted);
        }

        return total - start <= size
            ? new Page(start, total - start, null)
            : new Page(start, size, Link(read, new SkipToken(read.Tables.Revision, start + size)));
    }

    private static string Link(ReadRequest read, SkipToken token)
    {
        var kept = read.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(option => !Uri.UnescapeDataString(option.Split('=')[0]).TrimStart('$').Equals("skiptoken", StringComparison.OrdinalIgnoreCase));
        var path = string.Join('/', read.Request.Path.Split('/').Select(segment => Uri.EscapeDataString(segment).Replace("%252F", "%2F", StringComparison.Ordinal)));
        return $"{read.Request.ServiceRoot.AbsoluteUri}{path}?{string.Join('&', kept.Append("$skiptoken=" + token))}";
    }
}
