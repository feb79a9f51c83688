using ODataEngine.Model;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Publishing;

/// <summary>The published register as the OData engine's data.</summary>
public sealed class PublicationTableSource(CurrentPublication currentPublication, TimeProvider time) : ITableSource, IDisposable
{
    // Each is about as large as the tables of the publication itself.
    private const int MaxCachedDates = 8;

    private readonly RecentlyUsedCache<(long Revision, DateOnly Date), TableSet> tablesByDate = new("dates", MaxCachedDates);

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

    /// <summary>A publication speaks for every day until the next one is made: today for the last.</summary>
    private async ValueTask<DateOnly> GetLastDateAsync(Publication publication, CancellationToken cancellationToken)
    {
        var history = (await currentPublication.GetAsync(cancellationToken))!.Register.Publications;
        var until = publication.Revision < history.Count ? history[(int)publication.Revision].At : time.GetUtcNow();
        return LocalDate.InStockholm(until < publication.At ? publication.At : until);
    }
}
