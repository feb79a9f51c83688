using ServiceOffices.OData;
using ServiceOffices.Tables;

namespace ServiceOffices.ODataFuzz;

/// <summary>Serves tables from memory: the newest of the revisions that it was given, and each by its number.</summary>
public sealed class SampleSource(params IReadOnlyList<TableSet> revisions) : ITableSource
{
    public ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken) => new(revisions.MaxBy(tables => tables.Revision));

    public ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken) =>
        new(revisions.FirstOrDefault(tables => tables.Revision == revision));

    public ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No set of this model has a timeline.");
}
