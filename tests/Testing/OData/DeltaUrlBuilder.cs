using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Options;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;

namespace ServiceOffices.Testing.OData;

/// <summary>Creates the delta link that a client received when a revision was current.</summary>
internal static class DeltaUrlBuilder
{
    /// <param name="url">A set with its options, relative to the service root.</param>
    public static string Since(TableSet tables, string url)
    {
        var split = url.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = split < 0 ? (url, "") : (url[..split], url[(split + 1)..]);
        var request = new ODataRequest("GET", path, query, _ => null, new Uri("http://localhost/"));
        var token = TokenChecksum.Append(
            tables.Revision.ToString(CultureInfo.InvariantCulture), request, tables, SystemQueryOptions.SkipToken | SystemQueryOptions.DeltaToken);
        return $"{path}?{(query.Length > 0 ? query + "&" : "")}$deltatoken={token}";
    }
}
