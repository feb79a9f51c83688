using System.Globalization;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>Where a page begins, and in which revision: pages of one reading never mix two revisions.</summary>
/// <param name="Served">Entities that earlier pages have shown.</param>
/// <param name="Tracks">Whether the first page's client prefers a delta link at the end.</param>
internal readonly record struct SkipToken(long Revision, long Served, bool Tracks)
{
    private const string Option = "$skiptoken";
    private const string TracksMark = "-t";

    /// <summary>The token as the link to a page of this request holds it.</summary>
    public string Text(ODataRequest request, TableSet tables) => TokenSeal.Seal(Body, request, tables, SystemOptions.SkipToken);

    /// <exception cref="QueryException">400: no token of ours.</exception>
    public static SkipToken Parse(string text)
    {
        var body = TokenSeal.Split(text)?.Body ?? throw Invalid();
        var tracks = body.EndsWith(TracksMark, StringComparison.Ordinal);
        var numbers = (tracks ? body[..^TracksMark.Length] : body).Split('-');
        return numbers.Length == 2 && Number(numbers[0], out var revision) && Number(numbers[1], out var served)
            ? new SkipToken(revision, served, tracks)
            : throw Invalid();
    }

    /// <exception cref="QueryException">400: it was made for another query, or changed.</exception>
    public static void Check(string text, ODataRequest request, TableSet tables)
    {
        var (body, seal) = TokenSeal.Split(text) ?? throw Invalid();
        if (!TokenSeal.Fits(body, seal, request, tables, SystemOptions.SkipToken))
        {
            throw Invalid();
        }
    }

    public static QueryException Invalid() => new(
        400, "InvalidToken", $"{Option} must be one that a nextLink of this service holds, in the URL that it stood in; follow nextLinks as they are.", Option);

    private string Body => string.Create(CultureInfo.InvariantCulture, $"{Revision}-{Served}{(Tracks ? TracksMark : "")}");

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
