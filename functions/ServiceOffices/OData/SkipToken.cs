using System.Globalization;
using ServiceOffices.Queries;

namespace ServiceOffices.OData;

/// <summary>Where a page begins, and in which revision: pages of one reading never mix two revisions.</summary>
/// <param name="Served">Entities that earlier pages have shown.</param>
/// <param name="Tracks">Whether the first page's client prefers a delta link at the end.</param>
internal readonly record struct SkipToken(long Revision, long Served, bool Tracks)
{
    private const string TracksMark = "-t";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Revision}-{Served}{(Tracks ? TracksMark : "")}");

    /// <exception cref="QueryException">400: no token of ours.</exception>
    public static SkipToken Parse(string text)
    {
        var tracks = text.EndsWith(TracksMark, StringComparison.Ordinal);
        var numbers = (tracks ? text[..^TracksMark.Length] : text).Split('-');
        return numbers.Length == 2 && Number(numbers[0], out var revision) && Number(numbers[1], out var served)
            ? new SkipToken(revision, served, tracks)
            : throw new QueryException(400, "InvalidToken", "$skiptoken must be one that a nextLink of this service holds; follow nextLinks as they are.", "$skiptoken");
    }

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
