using ODataEngine.Model;

namespace ODataEngine.Protocol.Revisions;

/// <summary>Provides revisions that are held in memory, for a model without timelines. The newest one is current.</summary>
public sealed class InMemoryTableSource(params IReadOnlyList<TableSet> revisions) : ITableSource
{
    public ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken) => new(revisions.MaxBy(tables => tables.Revision));

    public ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken) =>
        new(revisions.FirstOrDefault(tables => tables.Revision == revision));

    /// <exception cref="NotSupportedException">Always: the engine only calls this for models with timelines.</exception>
    public ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An in-memory source has no timelines.");
}
