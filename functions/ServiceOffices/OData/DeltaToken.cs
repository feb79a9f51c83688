using System.Globalization;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

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
            throw new ODataRequestException(400, "OptionNotAllowed",
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
        400, "InvalidToken", $"{OptionName} must be one that a deltaLink of this service holds, in the URL that it stood in; follow deltaLinks as they are.", OptionName);

    /// <summary>Whether changes to the answer can be told: those of a whole set, filtered or searched, are; the past and one revision have none.</summary>
    public static bool CanTrackChanges(ParsedUrl url) => url is { At: null, Revision: null, Query: { Skip: null, Top: null, Apply.Count: 0 } };
}
