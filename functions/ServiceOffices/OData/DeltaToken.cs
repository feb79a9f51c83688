using System.Globalization;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The revision that a client has, in the links by which it asks for what changed since.</summary>
internal static class DeltaToken
{
    private const string Option = "$deltatoken";

    private const SystemOptions Beside = SystemOptions.SkipToken | SystemOptions.DeltaToken;

    /// <summary>The link to ask for changes after the revision of this answer.</summary>
    public static string Link(ReadRequest read)
    {
        var token = TokenSeal.Seal(read.Tables.Revision.ToString(CultureInfo.InvariantCulture), read.Request, read.Tables, Beside);
        return Page.LinkWith(read, $"{Option}={token}", "skiptoken", "deltatoken");
    }

    /// <summary>The revision that the token is of.</summary>
    /// <exception cref="QueryException">400: no token of ours, or beside options that it cannot stand with.</exception>
    public static long Parse(string text, ParsedUrl url)
    {
        if (!CanTrack(url) || url.Resource is not ValueResource { Form: ValueForm.Value or ValueForm.Count })
        {
            throw new QueryException(400, "OptionNotAllowed",
                $"{Option} cannot stand with $skip, $top, $apply, $at or revision: changes are told of a whole set as it is now.", Option);
        }

        return long.TryParse(TokenSeal.Split(text)?.Body, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : throw Invalid();
    }

    /// <exception cref="QueryException">400: it was made for another query, or changed.</exception>
    public static void Check(string text, ODataRequest request, TableSet before)
    {
        var (body, seal) = TokenSeal.Split(text) ?? throw Invalid();
        if (!TokenSeal.Fits(body, seal, request, before, Beside))
        {
            throw Invalid();
        }
    }

    public static QueryException Invalid() => new(
        400, "InvalidToken", $"{Option} must be one that a deltaLink of this service holds, in the URL that it stood in; follow deltaLinks as they are.", Option);

    /// <summary>Whether changes to the answer can be told: those of a whole set, filtered or searched, are; the past and one revision have none.</summary>
    public static bool CanTrack(ParsedUrl url) => url is { At: null, Revision: null, Query: { Skip: null, Top: null, Apply.Count: 0 } };
}
