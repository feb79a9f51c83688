using System.Globalization;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

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
        400, "InvalidToken", $"{OptionName} must be one that a nextLink of this service holds, in the URL that it stood in; follow nextLinks as they are.", OptionName);

    private string Body => string.Create(CultureInfo.InvariantCulture, $"{Revision}-{Offset}{(TracksChanges ? TracksChangesSuffix : "")}");

    private static bool TryParseNumber(string value, out long number) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
