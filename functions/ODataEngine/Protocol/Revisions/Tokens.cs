using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Responses;

namespace ODataEngine.Protocol.Revisions;

/// <summary>
/// Binds a token to its query and revision, so that a token which was truncated, changed or used with another query or
/// service is rejected. It is not a signature: a forged token only gives access to public data.
/// </summary>
internal static class TokenChecksum
{
    private const int ChecksumBytes = 6;

    /// <param name="body">The token without its checksum.</param>
    /// <param name="excludedOptions">Query options that are not part of the query of the token.</param>
    public static string Append(string body, ODataRequest request, TableSet tables, SystemQueryOptions excludedOptions) =>
        body + "-" + Compute(body, request, tables, excludedOptions);

    /// <summary>Splits a token into its body and its checksum; null if it has none.</summary>
    public static (string Body, string Checksum)? Split(string token)
    {
        var end = token.LastIndexOf('-');
        return end > 0 && token.Length - end - 1 == 2 * ChecksumBytes ? (token[..end], token[(end + 1)..]) : null;
    }

    /// <summary>Returns whether the checksum is that of this query at this revision.</summary>
    public static bool IsValid(string body, string checksum, ODataRequest request, TableSet tables, SystemQueryOptions excludedOptions) =>
        checksum == Compute(body, request, tables, excludedOptions);

    private static string Compute(string body, ODataRequest request, TableSet tables, SystemQueryOptions excludedOptions)
    {
        // The time of a revision distinguishes services and restored backups with the same revision numbers.
        var revisionKey = string.Create(CultureInfo.InvariantCulture, $"{body}\n{tables.Revision}\n{tables.LastModified.UtcTicks}\n");
        var query = string.Join('\n', GetRelevantOptions(request.Query, excludedOptions).Order(StringComparer.Ordinal));
        // OData 4.01 Part 1, 11.3.2: /$count after the path of a delta link requests the number of changes.
        var path = request.Path.Trim('/');
        path = path.EndsWith("/$count", StringComparison.Ordinal) ? path[..^"/$count".Length] : path;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{revisionKey}{path}\n{query}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, ChecksumBytes));
    }

    /// <summary>Gets the query options that the result depends on, decoded.</summary>
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

/// <summary>The token in delta links: the revision of the client, whose later changes the link requests.</summary>
internal static class DeltaToken
{
    private const string OptionName = "$deltatoken";

    private const SystemQueryOptions ExcludedOptions = SystemQueryOptions.SkipToken | SystemQueryOptions.DeltaToken;

    /// <summary>Creates the link to the changes after the revision of this response.</summary>
    public static string CreateLink(ReadContext context)
    {
        var token = TokenChecksum.Append(context.Tables.Revision.ToString(CultureInfo.InvariantCulture), context.Request, context.Tables, ExcludedOptions);
        return ResponsePage.CreateLink(context, $"{OptionName}={token}", "skiptoken", "deltatoken");
    }

    /// <summary>Gets the revision of the token.</summary>
    /// <exception cref="ODataRequestException">400: the token is malformed, or combined with options that it excludes.</exception>
    public static long Parse(string token, ParsedUrl url)
    {
        if (!CanTrackChanges(url) || url.Resource is not ValueResource { Kind: ValueKind.Value or ValueKind.Count })
        {
            throw ODataErrors.OptionNotAllowed(
                OptionName, $"{OptionName} cannot be combined with $skip, $top, $apply, $at or revision, because changes are reported for a whole current set.");
        }

        return long.TryParse(TokenChecksum.Split(token)?.Body, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : throw CreateInvalidTokenException();
    }

    /// <exception cref="ODataRequestException">400: the token is of another query, or was changed.</exception>
    public static void Validate(string token, ODataRequest request, TableSet before)
    {
        var (body, checksum) = TokenChecksum.Split(token) ?? throw CreateInvalidTokenException();
        if (!TokenChecksum.IsValid(body, checksum, request, before, ExcludedOptions))
        {
            throw CreateInvalidTokenException();
        }
    }

    public static ODataRequestException CreateInvalidTokenException() => new(
        400, ODataErrorCodes.InvalidToken, $"{OptionName} must come from a deltaLink of this service and cannot be used in another URL. Use deltaLinks unchanged.", OptionName);

    /// <summary>Returns whether changes can be tracked: those of a whole, filtered or searched set, but not of a page, a date or a revision.</summary>
    public static bool CanTrackChanges(ParsedUrl url) => url is { At: null, Revision: null, Query: { Skip: null, Top: null, Apply.Count: 0 } };
}

/// <summary>The token in next links: the start of the page and the revision, so that the pages of one result are of one revision.</summary>
/// <param name="Offset">The number of entities on earlier pages.</param>
/// <param name="TracksChanges">True if the first request preferred a delta link on the last page.</param>
internal readonly record struct SkipToken(long Revision, long Offset, bool TracksChanges)
{
    private const string OptionName = "$skiptoken";
    private const string TracksChangesSuffix = "-t";

    /// <summary>Formats the token for a link of this request.</summary>
    public string Format(ODataRequest request, TableSet tables) => TokenChecksum.Append(Body, request, tables, SystemQueryOptions.SkipToken);

    /// <exception cref="ODataRequestException">400: the token is malformed.</exception>
    public static SkipToken Parse(string token)
    {
        var body = TokenChecksum.Split(token)?.Body ?? throw CreateInvalidTokenException();
        var tracksChanges = body.EndsWith(TracksChangesSuffix, StringComparison.Ordinal);
        var numbers = (tracksChanges ? body[..^TracksChangesSuffix.Length] : body).Split('-');
        return numbers.Length == 2 && TryParseNumber(numbers[0], out var revision) && TryParseNumber(numbers[1], out var offset)
            ? new SkipToken(revision, offset, tracksChanges)
            : throw CreateInvalidTokenException();
    }

    /// <exception cref="ODataRequestException">400: the token is of another query, or was changed.</exception>
    public static void Validate(string token, ODataRequest request, TableSet tables)
    {
        var (body, checksum) = TokenChecksum.Split(token) ?? throw CreateInvalidTokenException();
        if (!TokenChecksum.IsValid(body, checksum, request, tables, SystemQueryOptions.SkipToken))
        {
            throw CreateInvalidTokenException();
        }
    }

    public static ODataRequestException CreateInvalidTokenException() => new(
        400, ODataErrorCodes.InvalidToken, $"{OptionName} must come from a nextLink of this service and cannot be used in another URL. Use nextLinks unchanged.", OptionName);

    private string Body => string.Create(CultureInfo.InvariantCulture, $"{Revision}-{Offset}{(TracksChanges ? TracksChangesSuffix : "")}");

    private static bool TryParseNumber(string value, out long number) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
