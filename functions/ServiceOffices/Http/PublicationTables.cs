using ServiceOffices.OData;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>The published register as the OData engine's data.</summary>
public sealed class PublicationTables(CurrentPublication current, TimeProvider time) : ITableSource, IDisposable
{
    // Each is about as large as the tables of the publication itself.
    private const int DatesKept = 8;

    private readonly RecentlyUsed<(long Revision, DateOnly Date), TableSet> dates = new("dates", DatesKept);

    public async ValueTask<TableSet?> CurrentAsync(CancellationToken cancellationToken) =>
        (await current.GetAsync(cancellationToken))?.Tables;

    public async ValueTask<TableSet?> RevisionAsync(long revision, CancellationToken cancellationToken) =>
        (await current.RevisionAsync(revision, cancellationToken))?.Tables;

    public async ValueTask<TablesAsOf?> AsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken)
    {
        if (await current.RevisionAsync(revision, cancellationToken) is not { } publication)
        {
            return null;
        }

        var (first, last) = (PastRegister.FirstDate(publication.Register), await LastDateAsync(publication, cancellationToken));
        if (date < first || date > last || first is null)
        {
            return new TablesAsOf(null, first, last);
        }

        var move = PastRegister.LastMove(publication.Register, date);
        var tables = await dates.GetAsync(
            (revision, move), _ => Task.FromResult<TableSet?>(PastRegister.Tables(publication.Register, move)), cancellationToken);
        return new TablesAsOf(tables, first, last);
    }

    public void Dispose() => dates.Dispose();

    /// <summary>A publication speaks for every day until the next one is made: today for the last.</summary>
    private async ValueTask<DateOnly> LastDateAsync(Publication publication, CancellationToken cancellationToken)
    {
        var history = (await current.GetAsync(cancellationToken))!.Register.Publications;
        var until = publication.Revision < history.Count ? history[(int)publication.Revision].At : time.GetUtcNow();
        return LocalDate.InStockholm(until < publication.At ? publication.At : until);
    }
}
