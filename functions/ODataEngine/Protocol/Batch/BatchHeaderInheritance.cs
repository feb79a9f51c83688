namespace ODataEngine.Protocol.Batch;

/// <summary>The headers that the requests of a batch inherit from the batch (OData 4.01 Part 1, 8.1 and 8.2).</summary>
internal sealed class BatchHeaderInheritance(ODataRequest batch)
{
    private static readonly string[] InheritedHeaders = ["Accept-Charset", "Accept-Language", "Content-Language", "OData-MaxVersion", "OData-Version"];

    // Preconditions of a request are evaluated on its response, as outside of a batch.
    private static readonly string[] ConditionalHeaders = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    private readonly string? accept = GetContentRanges(batch.GetHeader("Accept"));
    private readonly string? prefer = batch.GetHeader("Prefer");

    /// <summary>Gets the function that returns a header of a request by its name, for <see cref="ODataRequest.GetHeader"/>.</summary>
    public Func<string, string?> CreateGetHeader(BatchRequest item)
    {
        var ownPrefer = item.Headers.GetValueOrDefault("Prefer");
        var preferences = ownPrefer is null && prefer is null ? null : MergePreferences(ownPrefer, prefer);
        return name =>
            name.Equals("Prefer", StringComparison.OrdinalIgnoreCase) ? preferences
            : ConditionalHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? null
            : item.Headers.TryGetValue(name, out var own) ? own
            : name.Equals("Accept", StringComparison.OrdinalIgnoreCase) ? accept
            : InheritedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? batch.GetHeader(name)
            : null;
    }

    // The ranges for multipart choose the format of the batch response (11.7.1) and not that of its parts (8.2.1).
    private static string? GetContentRanges(string? accept)
    {
        if (accept is null || !accept.Contains("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return accept;
        }

        var ranges = string.Join(',', accept.Split(',').Where(range => !range.AsSpan().TrimStart().StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)));
        return string.IsNullOrWhiteSpace(ranges) ? null : ranges;
    }

    // 8.2.8: a request inherits each preference that it does not specify. respond-async is ignored in a batch (11.7.7.6), and
    // continue-on-error is about the batch itself.
    private static string? MergePreferences(string? own, string? inherited)
    {
        var preferences = new List<string>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "respond-async", "continue-on-error" };
        Add(own, preferences, names);
        Add(inherited, preferences, names);
        return preferences.Count == 0 ? null : string.Join(", ", preferences);
    }

    private static void Add(string? header, List<string> preferences, HashSet<string> names)
    {
        if (header is null)
        {
            return;
        }

        var items = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(item => !names.Contains(GetName(item))).ToList();
        preferences.AddRange(items);
        names.UnionWith(items.Select(GetName));
    }

    private static string GetName(string preference)
    {
        var name = preference.Split('=', ';')[0].Trim();
        return name.StartsWith("odata.", StringComparison.OrdinalIgnoreCase) ? name["odata.".Length..] : name;
    }
}
