namespace ODataEngine.Protocol.Batch;

/// <summary>Resolves the URLs of a batch's requests (OData 4.01 Part 1, 11.7.4 and 11.7.7.1).</summary>
internal sealed class BatchUrlResolver(Uri serviceRoot)
{
    // 11.7.4: an id that equals the name of a system resource cannot be referenced.
    private static readonly string[] SystemResources = ["$all", "$batch", "$crossjoin", "$entity", "$id", "$metadata", "$root"];

    private readonly Dictionary<string, string> paths = new(StringComparer.Ordinal);

    /// <summary>Adds the path of a request, for <c>$id</c> in the URLs of later ones.</summary>
    public void Add(string id, string path) => paths[id] = path;

    /// <summary>Gets the path below the service root, decoded as a host decodes it, and the query; null if the URL is not below the root.</summary>
    public (string Path, string Query)? Resolve(string url)
    {
        var (path, query) = url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var separatorIndex ? (url[..separatorIndex], url[(separatorIndex + 1)..]) : (url, "");
        if (path.StartsWith('$'))
        {
            var end = path.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? slash : path.Length;
            return !IsSystemResource(path[..end]) && paths.TryGetValue(path[1..end], out var referencedPath)
                ? (referencedPath + Decode(path[end..]), query)
                : (Decode(path), query);
        }

        // A relative URL may have a Host header with another name; any name is accepted for this service.
        var prefix = path.StartsWith('/') ? serviceRoot.AbsolutePath
            : path.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? serviceRoot.AbsoluteUri
            : "";
        var comparison = path.StartsWith('/') ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return path.StartsWith(prefix, comparison) ? (Decode(path[prefix.Length..]), query) : null;
    }

    private static bool IsSystemResource(string segment) =>
        SystemResources.Contains(segment, StringComparer.OrdinalIgnoreCase) || segment.StartsWith("$crossjoin(", StringComparison.OrdinalIgnoreCase);

    // %2F stays encoded, as hosts leave it.
    private static string Decode(string path) => path.Contains('%', StringComparison.Ordinal)
        ? string.Join("%2F", path.Replace("%2f", "%2F", StringComparison.Ordinal).Split("%2F").Select(Uri.UnescapeDataString))
        : path;
}
