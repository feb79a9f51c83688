using System.Runtime.CompilerServices;
using ODataEngine.Model;
using ODataEngine.Telemetry;

namespace ODataEngine.Execution.Indexes;

/// <summary>The indexes of an engine. Each is created when a query first needs it, and lives as long as its column.</summary>
/// <param name="usesCollations">True to order strings by the collations of their properties.</param>
internal sealed class IndexCache(IndexOptions options, EngineTelemetry telemetry, bool usesCollations = true)
{
    private const string CacheName = "indexes";

    private readonly ConditionalWeakTable<object, Entry> entries = [];
    private long bytes;

    /// <summary>Gets the approximate memory use of all indexes in bytes.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Gets whether strings are ordered by the collations of their properties, in indexes and without.</summary>
    public bool UsesCollations => usesCollations;

    /// <summary>Tests whether tables with this number of rows are indexed.</summary>
    public bool CanIndex(int rowCount) => rowCount >= options.MinRows && options.MaxBytes > 0;

    /// <summary>Gets the index of a column; null if the table is too small, the memory limit is reached, or the values have no order.</summary>
    /// <param name="column">A column of a published table, which outlives the request.</param>
    /// <param name="rowCount">The number of rows of its table.</param>
    public ColumnIndex? GetOrCreate(Column column, int rowCount)
    {
        if (!CanIndex(rowCount))
        {
            return null;
        }

        var entry = entries.GetValue(column, _ => new Entry(this));
        telemetry.RecordCacheLookup(CacheName, isHit: entry.Index is not null);
        if (entry.Index is { } existing)
        {
            return existing;
        }

        // One thread creates the index; the others wait for it.
        lock (entry)
        {
            if (entry.Index is null && HasCapacity(8L * rowCount))
            {
                entry.Index = ColumnIndex.Create(column, rowCount, usesCollations ? column.Property.Collation : null);
                entry.AddBytes(entry.Index?.EstimatedBytes ?? 0);
            }

            return entry.Index;
        }
    }

    /// <summary>
    /// Gets the set of codes of the items or related rows of each row, one bit per code; null if there are too many codes or the memory limit is
    /// reached.
    /// </summary>
    /// <param name="collection">The collection or navigation column, of a published table.</param>
    /// <param name="starts">The start of the items of each row.</param>
    /// <param name="rowMap">The row of each item; null if items are numbered as rows.</param>
    public ulong[]? GetOrCreateMasks(Column collection, ColumnIndex items, int[] starts, int[]? rowMap)
    {
        if (items.CodeCount > ItemMasks.MaxCodes)
        {
            return null;
        }

        var entry = entries.GetValue(collection, _ => new Entry(this));
        lock (entry)
        {
            if (!entry.Masks.TryGetValue(items, out var masks) && HasCapacity(8L * starts.Length))
            {
                masks = ItemMasks.Create(items.Codes, starts, rowMap);
                entry.Masks.Add(items, masks);
                entry.AddBytes(8L * masks.Length);
            }

            return masks;
        }
    }

    /// <summary>Gets the <see cref="StringSignatures"/> of the string of each row; null if the table is too small or the memory limit is reached.</summary>
    /// <param name="owner">The object that owns the strings, which outlives the request.</param>
    /// <param name="getString">Gets the string of a row; null if it has none.</param>
    public ulong[]? GetOrCreateSignatures(object owner, int rowCount, Func<int, string?> getString)
    {
        if (!CanIndex(rowCount))
        {
            return null;
        }

        var entry = entries.GetValue(owner, _ => new Entry(this));
        telemetry.RecordCacheLookup(CacheName, isHit: entry.Signatures is not null);
        if (entry.Signatures is { } existing)
        {
            return existing;
        }

        lock (entry)
        {
            if (entry.Signatures is null && HasCapacity(8L * rowCount))
            {
                var signatures = new ulong[rowCount];
                for (var row = 0; row < rowCount; row++)
                {
                    signatures[row] = StringSignatures.Compute(getString(row));
                }

                entry.Signatures = signatures;
                entry.AddBytes(8L * rowCount);
            }

            return entry.Signatures;
        }
    }

    private bool HasCapacity(long additionalBytes) => Bytes + additionalBytes <= options.MaxBytes;

    /// <summary>The indexes of one column, or of the searchable strings of one set. The finalizer releases their share of the memory limit.</summary>
    private sealed class Entry(IndexCache cache)
    {
        private long ownBytes;

        ~Entry() => Interlocked.Add(ref cache.bytes, -ownBytes);

        public ColumnIndex? Index { get; set; }

        public ulong[]? Signatures { get; set; }

        /// <summary>Gets the masks of a collection, by the index of its items.</summary>
        public Dictionary<ColumnIndex, ulong[]> Masks { get; } = [];

        public void AddBytes(long additionalBytes)
        {
            ownBytes += additionalBytes;
            Interlocked.Add(ref cache.bytes, additionalBytes);
        }
    }
}

/// <summary>Limits for the indexes. They affect only the speed of queries, never the results.</summary>
public sealed record IndexOptions
{
    /// <summary>Gets options without any index.</summary>
    public static IndexOptions Disabled { get; } = new() { MaxBytes = 0 };

    /// <summary>Gets the maximum memory use of all indexes in bytes; 0 disables them.</summary>
    public long MaxBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Gets the minimum number of rows of an indexed table.</summary>
    public int MinRows { get; init; } = 32;
}
