using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>Where the engine gets its data: the current revision, and older ones that pages and deltas still refer to.</summary>
public interface ITableSource
{
    /// <summary>The current tables; null before there are any.</summary>
    ValueTask<TableSet?> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>The tables of one revision; null where it is not kept any more or never was.</summary>
    ValueTask<TableSet?> RevisionAsync(long revision, CancellationToken cancellationToken);
}
