using System.Globalization;
using ServiceOffices.Queries;

namespace ServiceOffices.OData;

/// <summary>Where a page begins, and in which revision: pages of one reading never mix two revisions.</summary>
/// <param name="Served">Entities that earlier pages have shown.</param>
internal readonly record struct SkipToken(long Revision, long Served)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Revision}-{Served}");

    /// <exception cref="QueryException">400: no token of ours.</exception>
    public static SkipToken Parse(string text)
    {
        var split = text.IndexOf('-', StringComparison.Ordinal);
        return split > 0
            && long.TryParse(text.AsSpan(0, split), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            && long.TryParse(text.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var served)
            ? new SkipToken(revision, served)
            : throw new QueryException(400, "InvalidToken", "$skiptoken must be one that a nextLink of this service holds; follow nextLinks as they are.", "$skiptoken");
    }
}
