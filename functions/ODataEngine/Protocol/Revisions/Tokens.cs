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

/// <summary>The revision that a client has, in the links by which it asks for what changed since.</summary>
internal static class DeltaToken
{
    private const string OptionName = "$deltatoken";

    private const SystemQueryOptions ExcludedOptions = SystemQueryOptions.SkipToken | SystemQueryOptions.DeltaToken;

    /// <summary>The link to ask for changes after the revision of this answer.</summary>
    public static string CreateLink(ReadContext context)
    {
        var token = TokenChecksum.Append(context.Tables.Revision.ToString(CultureInfo.InvariantCulture), context.Request, context.Tables, ExcludedOptions);
        return ResponsePage.CreateLink(context, $"{OptionName}={token}", "skiptoken", "deltatoken");
    }

    /// <summary>The revision that the token is of.</summary>
    /// <exception cref="ODataRequestException">400: no token of ours, or beside options that it cannot stand with.</exception>
    public static long Parse(string token, ParsedUrl url)
    {
        if (!CanTrackChanges(url) || url.Resource is not ValueResource { Kind: ValueKind.Value or ValueKind.Count })
        {
            throw new ODataRequestException(400, ODataErrorCodes.OptionNotAllowed,
                $"{OptionName} cannot stand with $skip, $top, $apply, $at or revision: changes are told of a whole set as it is now.", OptionName);
        }

        return long.TryParse(TokenChecksum.Split(token)?.Body, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : throw CreateInvalidTokenException();
    }

    /// <exception cref="ODataRequestException">400: it was made for another query, or changed.</exception>
    public static void Validate(string token, ODataRequest request, TableSet before)
    {
        var (body, checksum) = TokenChecksum.Split(token) ?? throw CreateInvalidTokenException();
        if (!TokenChecksum.IsValid(body, checksum, request, before, ExcludedOptions))
        {
            throw CreateInvalidTokenException();
        }
    }

    public static ODataRequestException CreateInvalidTokenException() => new(
        400, ODataErrorCodes.InvalidToken, $"{OptionName} must be one that a deltaLink of this service holds, in the URL that it stood in; follow deltaLinks as they are.", OptionName);

    /// <summary>Whether changes to the answer can be told: those of a whole set, filtered or searched, are; the past and one revision have none.</summary>
    public static bool CanTrackChanges(ParsedUrl url) => url is { At: null, Revision: null, Query: { Skip: null, Top: null, Apply.Count: 0 } };
}

/// <summary>Where a page begins, and in which revision: pages of one reading never mix two revisions.</summary>
/// <param name="Offset">Entities that earlier pages have shown.</param>
/// <param name="TracksChanges">Whether the first page's client prefers a delta link at the end.</param>
internal readonly record struct SkipToken(long Revision, long Offset, bool TracksChanges)
{
    private const string OptionName = "$skiptoken";
    private const string TracksChangesSuffix = "-t";

    /// <summary>The token as the link to a page of this request holds it.</summary>
    public string Format(ODataRequest request, TableSet tables) => TokenChecksum.Append(Body, request, tables, SystemQueryOptions.SkipToken);

    /// <exception cref="ODataRequestException">400: no token of ours.</exception>
    public static SkipToken Parse(string token)
    {
        var body = TokenChecksum.Split(token)?.Body ?? throw CreateInvalidTokenException();
        var tracksChanges = body.EndsWith(TracksChangesSuffix, StringComparison.Ordinal);
        var numbers = (tracksChanges ? body[..^TracksChangesSuffix.Length] : body).Split('-');
        return numbers.Length == 2 && TryParseNumber(numbers[0], out var revision) && TryParseNumber(numbers[1], out var offset)
            ? new SkipToken(revision, offset, tracksChanges)
            : throw CreateInvalidTokenException();
    }

    /// <exception cref="ODataRequestException">400: it was made for another query, or changed.</exception>
    public static void Validate(string token, ODataRequest request, TableSet tables)
    {
        var (body, checksum) = TokenChecksum.Split(token) ?? throw CreateInvalidTokenException();
        if (!TokenChecksum.IsValid(body, checksum, request, tables, SystemQueryOptions.SkipToken))
        {
            throw CreateInvalidTokenException();
        }
    }

    public static ODataRequestException CreateInvalidTokenException() => new(
        400, ODataErrorCodes.InvalidToken, $"{OptionName} must be one that a nextLink of this service holds, in the URL that it stood in; follow nextLinks as they are.", OptionName);

    private string Body => string.Create(CultureInfo.InvariantCulture, $"{Revision}-{Offset}{(TracksChanges ? TracksChangesSuffix : "")}");

    private static bool TryParseNumber(string value, out long number) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
