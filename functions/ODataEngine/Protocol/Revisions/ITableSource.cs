using ODataEngine.Model;

namespace ODataEngine.Protocol.Revisions;

/// <summary>The data of the service: the current revision, earlier ones, and each of them as of a date.</summary>
public interface ITableSource
{
    /// <summary>Gets the tables of the current revision; null before the first.</summary>
    ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken);

    /// <summary>Gets the tables of a revision; null if it is no longer available or does not exist.</summary>
    ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken);

    /// <summary>
    /// Gets the tables of a revision, those with a timeline as of a date. Called only if the model has such sets.
    /// Null if the revision is no longer available.
    /// </summary>
    /// <remarks>The same revision and date must always return the same content.</remarks>
    ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken);
}

/// <summary>The tables of a revision as of a date, with the range of available dates.</summary>
/// <param name="Tables">Null if the date is outside the range.</param>
/// <param name="FirstDate">The first available date; null if there is none.</param>
/// <param name="LastDate">The last available date.</param>
public sealed record TablesAsOf(TableSet? Tables, DateOnly? FirstDate, DateOnly LastDate);

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
