using System.Runtime.CompilerServices;
using ODataEngine.Model;
using ODataEngine.Telemetry;

namespace ODataEngine.Execution.Indexes;

/// <summary>The indexes of an engine: each is made when a query first has use for it, and lives as long as its column.</summary>
internal sealed class IndexCache(IndexOptions options, EngineTelemetry telemetry)
{
    private const string CacheName = "indexes";

    private readonly ConditionalWeakTable<object, Entry> entries = [];
    private long bytes;

    /// <summary>Bytes that the indexes take now, about.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Whether a table of this many rows is indexed at all.</summary>
    public bool CanIndex(int rowCount) => rowCount >= options.MinRows && options.MaxBytes > 0;

    /// <summary>A column's index; null where there is none: the table is too small, the memory used up, or the values have no order.</summary>
    /// <param name="column">Of a published table, which lives on after the request.</param>
    /// <param name="rowCount">Rows of its table.</param>
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

        // One thread makes it; the others wait rather than do the same.
        lock (entry)
        {
            if (entry.Index is null && HasCapacity(8L * rowCount))
            {
                entry.Index = ColumnIndex.Create(column, rowCount);
                entry.AddBytes(entry.Index?.EstimatedBytes ?? 0);
            }

            return entry.Index;
        }
    }

    /// <summary>
    /// By row: a bit for each code that any of the row's items or related rows has. Null where there are too many codes, or
    /// the memory is used up.
    /// </summary>
    /// <param name="collection">What leads to the items; of a published table.</param>
    /// <param name="starts">By row: where its items begin.</param>
    /// <param name="rowMap">The items' rows by place; null where places are rows.</param>
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

    /// <summary>By row: the <see cref="StringSignatures"/> of its text. Null where the table is too small or the memory is used up.</summary>
    /// <param name="owner">What holds the texts, and lives on after the request.</param>
    /// <param name="getString">A row's text; null where it has none.</param>
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

    /// <summary>What is kept of one column, or of one set's texts; its bytes are given back once that is gone.</summary>
    private sealed class Entry(IndexCache cache)
    {
        private long ownBytes;

        ~Entry() => Interlocked.Add(ref cache.bytes, -ownBytes);

        public ColumnIndex? Index { get; set; }

        public ulong[]? Signatures { get; set; }

        /// <summary>A collection's masks by the index of its items.</summary>
        public Dictionary<ColumnIndex, ulong[]> Masks { get; } = [];

        public void AddBytes(long additionalBytes)
        {
            ownBytes += additionalBytes;
            Interlocked.Add(ref cache.bytes, additionalBytes);
        }
    }
}

/// <summary>How much of the tables is indexed. Every answer is the same without; it only takes longer.</summary>
public sealed record IndexOptions
{
    /// <summary>Every row is looked at.</summary>
    public static IndexOptions Disabled { get; } = new() { MaxBytes = 0 };

    /// <summary>Bytes that all indexes together may take; what does not fit is not indexed. 0: nothing is.</summary>
    public long MaxBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Tables of fewer rows are not indexed.</summary>
    public int MinRows { get; init; } = 32;
}
