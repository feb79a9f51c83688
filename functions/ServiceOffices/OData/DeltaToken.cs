using System.Globalization;
using ServiceOffices.Queries;

namespace ServiceOffices.OData;

/// <summary>The revision that a client has, in the links by which it asks for what changed since.</summary>
internal static class DeltaToken
{
    private const string Option = "$deltatoken";

    /// <summary>The link to ask for changes after the revision of this answer.</summary>
    public static string Link(ReadRequest read) =>
        Page.LinkWith(read, string.Create(CultureInfo.InvariantCulture, $"{Option}={read.Tables.Revision}"), "skiptoken", "deltatoken");

    /// <exception cref="QueryException">400: no token of ours.</exception>
    public static long Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : throw new QueryException(400, "InvalidToken", $"{Option} must be one that a deltaLink of this service holds; follow deltaLinks as they are.", Option);

    /// <summary>Whether changes to the answer can be told: those of a whole set, filtered or searched, are.</summary>
    public static bool CanTrack(Query query) => query is { Skip: null, Top: null, Apply.Count: 0 };
}
