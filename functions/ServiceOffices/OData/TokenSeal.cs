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
internal static class TokenChecksum
{
    private const int ChecksumBytes = 6;

    /// <param name="body">What the token says.</param>
    /// <param name="excludedOptions">Options that stand beside the token and do not belong to its query.</param>
    public static string Append(string body, ODataRequest request, TableSet tables, SystemQueryOptions excludedOptions) =>
        body + "-" + Compute(body, request, tables, excludedOptions);

    /// <summary>A token's body and its seal; null where it has none.</summary>
    public static (string Body, string Seal)? Split(string token)
    {
        var end = token.LastIndexOf('-');
        return end > 0 && token.Length - end - 1 == 2 * ChecksumBytes ? (token[..end], token[(end + 1)..]) : null;
    }

    /// <summary>Whether the seal is the one that was made for this query at this revision.</summary>
    public static bool IsValid(string body, string checksum, ODataRequest request, TableSet tables, SystemQueryOptions excludedOptions) =>
        checksum == Compute(body, request, tables, excludedOptions);

    private static string Compute(string body, ODataRequest request, TableSet tables, SystemQueryOptions excludedOptions)
    {
        // When a revision came about tells the services and restored backups apart that count their revisions alike.
        var revisionKey = string.Create(CultureInfo.InvariantCulture, $"{body}\n{tables.Revision}\n{tables.LastModified.UtcTicks}\n");
        var query = string.Join('\n', GetRelevantOptions(request.Query, excludedOptions).Order(StringComparer.Ordinal));
        // OData 4.01 Part 1, 11.3.2: /$count behind a delta link's path asks for the number of its changes.
        var path = request.Path.Trim('/');
        path = path.EndsWith("/$count", StringComparison.Ordinal) ? path[..^"/$count".Length] : path;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{revisionKey}{path}\n{query}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, ChecksumBytes));
    }

    /// <summary>The options that decide on an answer, whatever their order and encoding.</summary>
    private static IEnumerable<string> GetRelevantOptions(string query, SystemQueryOptions excludedOptions)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equalsIndex = part.IndexOf('=', StringComparison.Ordinal);
            var nameEnd = equalsIndex < 0 ? part.Length : equalsIndex;
            var name = PercentEncoding.Decode(part, 0, nameEnd).Trim();
            var bareName = name.StartsWith('$') ? name[1..] : name;
            var option = SystemQueryOptionNames.Find(bareName);
            var isRelevant = name.StartsWith('@')
                || bareName.Equals(RequestQueryOptions.RevisionOption, StringComparison.OrdinalIgnoreCase)
                || (option != SystemQueryOptions.None && (option & (excludedOptions | SystemQueryOptions.Format)) == 0);
            if (isRelevant)
            {
                yield return $"{bareName.ToLowerInvariant()}={(equalsIndex < 0 ? "" : PercentEncoding.Decode(part, equalsIndex + 1, part.Length))}";
            }
        }
    }
}
