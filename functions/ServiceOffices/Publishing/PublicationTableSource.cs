using ODataEngine.Model;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Publishing;

/// <summary>Provides the published register to the OData engine.</summary>
public sealed class PublicationTableSource(CurrentPublication currentPublication, TimeProvider time) : ITableSource, IDisposable
{
    // Each is about as large as the tables of the publication.
    private const int MaxCachedDates = 8;

    private readonly BoundedCache<(long Revision, DateOnly Date), TableSet> tablesByDate = new("dates", MaxCachedDates);

    public async ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken) =>
        (await currentPublication.GetAsync(cancellationToken))?.Tables;

    public async ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken) =>
        (await currentPublication.GetRevisionAsync(revision, cancellationToken))?.Tables;

    public async ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken)
    {
        if (await currentPublication.GetRevisionAsync(revision, cancellationToken) is not { } publication)
        {
            return null;
        }

        var (first, last) = (HistoricalRegister.GetFirstDate(publication.Register), await GetLastDateAsync(publication, cancellationToken));
        if (date < first || date > last || first is null)
        {
            return new TablesAsOf(null, first, last);
        }

        var lastChangeDate = HistoricalRegister.GetLastChangeDate(publication.Register, date);
        var tables = await tablesByDate.GetOrCreateAsync(
            (revision, lastChangeDate), _ => Task.FromResult<TableSet?>(HistoricalRegister.CreateTables(publication.Register, lastChangeDate)), cancellationToken);
        return new TablesAsOf(tables, first, last);
    }

    public void Dispose() => tablesByDate.Dispose();

    /// <summary>Gets the last date that a publication covers: the day of the next publication, or today for the latest.</summary>
    private async ValueTask<DateOnly> GetLastDateAsync(Publication publication, CancellationToken cancellationToken)
    {
        var latest = (await currentPublication.GetAsync(cancellationToken))!.Register;
        var next = latest.FindPublicationIndex(publication.Revision) + 1;
        var until = next > 0 && next < latest.Publications.Count ? latest.Publications[next].At : time.GetUtcNow();
        return LocalDate.InStockholm(until < publication.At ? publication.At : until);
    }
}
