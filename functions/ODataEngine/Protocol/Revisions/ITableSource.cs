using ODataEngine.Model;

namespace ODataEngine.Protocol.Revisions;

/// <summary>Where the engine gets its data: the current revision, older ones, and each of them as of a date.</summary>
public interface ITableSource
{
    /// <summary>The current tables; null before there are any.</summary>
    ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken);

    /// <summary>The tables of one revision; null where it is not kept any more or never was.</summary>
    ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken);

    /// <summary>
    /// What the sets that have a timeline held on a date, as one revision knows it; the other sets are as that revision
    /// has them. Asked for only where the model has such sets. Null where the revision is not kept.
    /// </summary>
    /// <remarks>The same revision and date give the same tables for ever.</remarks>
    ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken);
}

/// <summary>The tables of a revision as of a date, with the dates that can be asked for.</summary>
/// <param name="Tables">Null where the date lies outside.</param>
/// <param name="FirstDate">The first date that can be asked for; null where no date can.</param>
/// <param name="LastDate">The last date that can be asked for.</param>
public sealed record TablesAsOf(TableSet? Tables, DateOnly? FirstDate, DateOnly LastDate);
