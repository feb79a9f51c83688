using System.Globalization;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>Chooses the tables that a request is answered from: which revision, and as of which date.</summary>
internal sealed class TableChoice(EntityModel model, ITableSource source)
{
    private const string AtOption = "$at";
    private const string DateFormat = "yyyy-MM-dd";

    /// <exception cref="QueryException">400: a token, date or revision that cannot be; 404, 410: a revision that is not there; 503: nothing is published.</exception>
    public async ValueTask<TableSet> OfAsync(ODataRequest request, ParsedUrl url, CancellationToken cancellationToken)
    {
        var current = await source.CurrentAsync(cancellationToken)
            ?? throw new QueryException(503, "NotReady", "Nothing is published yet; try again in a minute.");
        var pinned = url.Revision is null ? null : await RevisionAsync(url, current, cancellationToken);
        var date = url.At is null ? (DateOnly?)null : Date(url);
        var tables = pinned ?? current;
        if (url.Query.SkipToken is { } text)
        {
            tables = await RevisionOfTokenAsync(SkipToken.Parse(text).Revision, current, SkipToken.Invalid, cancellationToken);
            SkipToken.Check(text, request, tables);
        }

        return date is { } on ? await AsOfAsync(tables, on, cancellationToken) : tables;
    }

    /// <summary>The two ends of a delta: what the client has, and what there is now.</summary>
    /// <param name="now">What <see cref="OfAsync"/> chose.</param>
    /// <exception cref="QueryException">400: no token of ours for this query; 410: its revision is not kept any more.</exception>
    public async ValueTask<(TableSet Before, TableSet Now)> OfDeltaAsync(
        ODataRequest request, ParsedUrl url, TableSet now, CancellationToken cancellationToken)
    {
        var token = url.Query.DeltaToken!;
        var before = await RevisionOfTokenAsync(DeltaToken.Parse(token, url), now, DeltaToken.Invalid, cancellationToken);
        DeltaToken.Check(token, request, before);

        // Another instance may be ahead of this one: then its client has everything already.
        return (before, before.Revision > now.Revision ? before : now);
    }

    private async ValueTask<TableSet> RevisionOfTokenAsync(
        long revision, TableSet current, Func<QueryException> invalid, CancellationToken cancellationToken)
    {
        return await source.RevisionAsync(revision, cancellationToken)
            ?? throw (revision < 1 || revision > current.Revision
                ? invalid()
                : Gone(revision, "read the whole set again, without the token"));
    }

    private async ValueTask<TableSet> RevisionAsync(ParsedUrl url, TableSet current, CancellationToken cancellationToken)
    {
        const string Name = RequestOptions.RevisionName;
        if (url.Resource is ServiceDocumentResource or MetadataResource)
        {
            throw new QueryException(400, "OptionNotAllowed", $"{Name} is for data; the service document and $metadata are the same for every revision.", Name);
        }

        var isNumber = long.TryParse(url.Revision, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0;
        if (!isNumber || url.Revision![0] == '0')
        {
            throw new QueryException(400, "InvalidOption", $"{Name} must be a whole number from 1; got '{Names.Clip(url.Revision!)}'.", Name);
        }

        return await source.RevisionAsync(revision, cancellationToken)
            ?? throw (revision > current.Revision
                ? new QueryException(404, "NotFound", $"There is no revision {revision}; the current one is {current.Revision}.", Name)
                : Gone(revision, "leave it out for the current one"));
    }

    private static QueryException Gone(long revision, string instead) =>
        new(410, "RevisionGone", $"Revision {revision} is not kept any more; {instead}.");

    private DateOnly Date(ParsedUrl url)
    {
        if (url.Query.DeltaToken is not null || !HasTimeline(url.Resource))
        {
            var sets = string.Join(", ", model.Sets.Where(set => set.HasTimeline).Select(set => set.Name));
            throw new QueryException(400, "OptionNotAllowed", $"{AtOption} is for reading sets that have a timeline: {(sets.Length > 0 ? sets : "here are none")}.", AtOption);
        }

        // OData Temporal 4.0: the unit of time of these timelines is the date.
        return DateOnly.TryParseExact(url.At, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new QueryException(400, "InvalidOption", $"{AtOption} must be a date such as 2022-06-30, without time or time zone; got '{Names.Clip(url.At!)}'.", AtOption);
    }

    private static bool HasTimeline(Resource resource) => resource switch
    {
        ValueResource value => value.Set?.HasTimeline != false && Root(value.Value)?.HasTimeline == true,
        CrossJoinResource join => join.Sets.All(set => set.HasTimeline),
        _ => false,
    };

    private static EntitySet? Root(Expression value) => value switch
    {
        RootSet root => root.Set,
        KeyAccess access => Root(access.Collection),
        PropertyAccess access => Root(access.Source),
        Filtered filtered => Root(filtered.Collection),
        ItemAt item => Root(item.Collection),
        CountOf count => Root(count.Collection),
        Cast cast => Root(cast.Operand),
        _ => null,
    };

    private async ValueTask<TableSet> AsOfAsync(TableSet tables, DateOnly date, CancellationToken cancellationToken)
    {
        var found = await source.AsOfAsync(tables.Revision, date, cancellationToken) ?? throw Gone(tables.Revision, "leave it out for the current one");
        return found.Tables ?? throw new QueryException(
            400,
            "InvalidOption",
            found.First is { } first
                ? string.Create(CultureInfo.InvariantCulture, $"{AtOption} must be a date from {Text(first)} to {Text(found.Last)}; got {Text(date)}.")
                : $"{AtOption} cannot be used: there are no dated events.",
            AtOption);
    }

    private static string Text(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);
}
