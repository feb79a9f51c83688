using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Protocol.Revisions;

/// <summary>Resolves the revision and the date that a request is answered from to tables.</summary>
internal sealed class RevisionResolver(EntityModel model, ITableSource source)
{
    private const string AtOptionName = "$at";
    private const string DateFormat = "yyyy-MM-dd";
    private const string OmitRevisionAdvice = $"Omit {RequestQueryOptions.RevisionOption} to request the current one.";

    /// <exception cref="ODataRequestException">400: the token, date or revision is invalid; 404, 410: the revision does not exist or is no longer available; 503: no data is published.</exception>
    public async ValueTask<TableSet> ResolveAsync(ODataRequest request, ParsedUrl url, CancellationToken cancellationToken)
    {
        var current = await source.GetCurrentAsync(cancellationToken)
            ?? throw new ODataRequestException(503, ODataErrorCodes.NotReady, "No data is published yet. Try again in a minute.");
        var pinnedTables = url.Revision is null ? null : await ResolveRevisionAsync(url, current, cancellationToken);
        var date = url.At is null ? (DateOnly?)null : ParseAtDate(url);
        var tables = pinnedTables ?? current;
        if (url.Query.SkipToken is { } token)
        {
            tables = await ResolveTokenRevisionAsync(SkipToken.Parse(token).Revision, current, SkipToken.CreateInvalidTokenException, cancellationToken);
            SkipToken.Validate(token, request, tables);
        }

        return date is { } asOfDate ? await ResolveAsOfAsync(tables, asOfDate, cancellationToken) : tables;
    }

    /// <summary>Resolves the revision of the client and the current one for a delta request.</summary>
    /// <param name="current">The result of <see cref="ResolveAsync"/>.</param>
    /// <exception cref="ODataRequestException">400: the token is invalid for this query; 410: its revision is no longer available.</exception>
    public async ValueTask<(TableSet Previous, TableSet Current)> ResolveDeltaAsync(
        ODataRequest request, ParsedUrl url, TableSet current, CancellationToken cancellationToken)
    {
        var token = url.Query.DeltaToken!;
        var previous = await ResolveTokenRevisionAsync(DeltaToken.Parse(token, url), current, DeltaToken.CreateInvalidTokenException, cancellationToken);
        DeltaToken.Validate(token, request, previous);

        // The token can be from an instance with a newer revision: then the client is up to date.
        return (previous, previous.Revision > current.Revision ? previous : current);
    }

    private async ValueTask<TableSet> ResolveTokenRevisionAsync(
        long revision, TableSet current, Func<ODataRequestException> createInvalidTokenException, CancellationToken cancellationToken)
    {
        return await source.GetRevisionAsync(revision, cancellationToken)
            ?? throw (revision < 1 || revision > current.Revision
                ? createInvalidTokenException()
                : CreateGoneException(revision, "Request the whole set again, without the token."));
    }

    private async ValueTask<TableSet> ResolveRevisionAsync(ParsedUrl url, TableSet current, CancellationToken cancellationToken)
    {
        const string OptionName = RequestQueryOptions.RevisionOption;
        if (url.Resource is ServiceDocumentResource or MetadataResource)
        {
            throw ODataErrors.OptionNotAllowed(OptionName, $"{OptionName} does not apply to the service document and $metadata, which are the same for every revision.");
        }

        var isNumber = long.TryParse(url.Revision, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0;
        if (!isNumber || url.Revision![0] == '0')
        {
            throw ODataErrors.InvalidOption(OptionName, "a whole number from 1", url.Revision);
        }

        return await source.GetRevisionAsync(revision, cancellationToken)
            ?? throw (revision > current.Revision
                ? ODataErrors.NotFound($"Revision {revision} does not exist; the current revision is {current.Revision}.", OptionName)
                : CreateGoneException(revision, OmitRevisionAdvice));
    }

    private static ODataRequestException CreateGoneException(long revision, string advice) =>
        new(410, ODataErrorCodes.RevisionGone, $"Revision {revision} is no longer available. {advice}");

    private DateOnly ParseAtDate(ParsedUrl url)
    {
        if (url.Query.DeltaToken is not null || !HasTimeline(url.Resource))
        {
            var sets = string.Join(", ", model.Sets.Where(set => set.HasTimeline).Select(set => set.Name));
            throw ODataErrors.OptionNotAllowed(AtOptionName, $"{AtOptionName} applies only to reading entity sets with a timeline: {(sets.Length > 0 ? sets : "none in this service")}.");
        }

        // OData Temporal 4.0: the granularity of these timelines is the date.
        return DateOnly.TryParseExact(url.At, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw ODataErrors.InvalidOption(AtOptionName, "a date such as 2022-06-30, without time or time zone", url.At);
    }

    private bool HasTimeline(Resource resource) => resource switch
    {
        ValueResource value => value.EntitySet?.HasTimeline != false && FindRootSet(value.Value)?.HasTimeline == true,
        AllResource { Type: { } type } => model.Sets.Where(set => type.IsOrDerivesFrom(set.Type)).All(set => set.HasTimeline),
        CrossJoinResource join => join.EntitySets.All(set => set.HasTimeline),
        _ => false,
    };

    private static EntitySet? FindRootSet(Expression value) => value switch
    {
        RootEntitySet root => root.EntitySet,
        KeyAccess access => FindRootSet(access.Collection),
        PropertyAccess access => FindRootSet(access.Source),
        CollectionFilter filtered => FindRootSet(filtered.Collection),
        ItemAccess item => FindRootSet(item.Collection),
        CountExpression count => FindRootSet(count.Collection),
        CastExpression cast => FindRootSet(cast.Operand),
        _ => null,
    };

    private async ValueTask<TableSet> ResolveAsOfAsync(TableSet tables, DateOnly date, CancellationToken cancellationToken)
    {
        var result = await source.GetAsOfAsync(tables.Revision, date, cancellationToken) ?? throw CreateGoneException(tables.Revision, OmitRevisionAdvice);
        return result.Tables ?? throw new ODataRequestException(
            400,
            ODataErrorCodes.InvalidOption,
            result.FirstDate is { } first
                ? string.Create(CultureInfo.InvariantCulture, $"{AtOptionName} must be a date from {FormatDate(first)} to {FormatDate(result.LastDate)}; got {FormatDate(date)}.")
                : $"{AtOptionName} is not available: no entity set with a timeline contains a date.",
            AtOptionName);
    }

    private static string FormatDate(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);
}
