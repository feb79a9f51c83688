using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// Ties a token to the query and the revision that it was made for, so that a token which was cut, changed or carried to
/// another query or service is refused rather than answered wrongly. It holds no secret: who forges one with care gets an
/// answer that is open to everybody.
/// </summary>
internal static class TokenSeal
{
    private const int Bytes = 6;

    /// <param name="body">What the token says.</param>
    /// <param name="beside">Options that stand beside the token and do not belong to its query.</param>
    public static string Seal(string body, ODataRequest request, TableSet tables, SystemOptions beside) =>
        body + "-" + Of(body, request, tables, beside);

    /// <summary>A token's body and its seal; null where it has none.</summary>
    public static (string Body, string Seal)? Split(string token)
    {
        var end = token.LastIndexOf('-');
        return end > 0 && token.Length - end - 1 == 2 * Bytes ? (token[..end], token[(end + 1)..]) : null;
    }

    /// <summary>Whether the seal is the one that was made for this query at this revision.</summary>
    public static bool Fits(string body, string seal, ODataRequest request, TableSet tables, SystemOptions beside) =>
        seal == Of(body, request, tables, beside);

    private static string Of(string body, ODataRequest request, TableSet tables, SystemOptions beside)
    {
        // When a revision came about tells the services and restored backups apart that count their revisions alike.
        var made = string.Create(CultureInfo.InvariantCulture, $"{body}\n{tables.Revision}\n{tables.Modified.UtcTicks}\n");
        var query = string.Join('\n', Options(request.Query, beside).Order(StringComparer.Ordinal));
        // OData 4.01 Part 1, 11.3.2: /$count behind a delta link's path asks for the number of its changes.
        var path = request.Path.Trim('/');
        path = path.EndsWith("/$count", StringComparison.Ordinal) ? path[..^"/$count".Length] : path;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{made}{path}\n{query}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, Bytes));
    }

    /// <summary>The options that decide on an answer, whatever their order and encoding.</summary>
    private static IEnumerable<string> Options(string query, SystemOptions beside)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var nameEnd = equals < 0 ? part.Length : equals;
            var name = PercentEncoding.Decode(part, 0, nameEnd).Trim();
            var bare = name.StartsWith('$') ? name[1..] : name;
            var option = SystemOptionNames.Find(bare);
            var decides = name.StartsWith('@')
                || bare.Equals(RequestOptions.RevisionName, StringComparison.OrdinalIgnoreCase)
                || (option != SystemOptions.None && (option & (beside | SystemOptions.Format)) == 0);
            if (decides)
            {
                yield return $"{bare.ToLowerInvariant()}={(equals < 0 ? "" : PercentEncoding.Decode(part, equals + 1, part.Length))}";
            }
        }
    }
}
