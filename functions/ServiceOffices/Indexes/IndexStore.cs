using System.Runtime.CompilerServices;
using ServiceOffices.Tables;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Indexes;

/// <summary>The indexes of an engine: each is made when a query first has use for it, and lives as long as its column.</summary>
internal sealed class IndexStore(Indexing indexing)
{
    /// <summary>What the cache is called in <see cref="Measures.Lookup"/>.</summary>
    private const string Name = "indexes";

    private readonly ConditionalWeakTable<object, Kept> columns = [];
    private long bytes;

    /// <summary>Bytes that the indexes take now, about.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Whether a table of this many rows is indexed at all.</summary>
    public bool Serves(int rows) => rows >= indexing.FromRows && indexing.MaxBytes > 0;

    /// <summary>A column's index; null where there is none: the table is too small, the memory used up, or the values have no order.</summary>
    /// <param name="column">Of a published table, which lives on after the request.</param>
    /// <param name="rows">Rows of its table.</param>
    public ColumnIndex? Of(Column column, int rows)
    {
        if (!Serves(rows))
        {
            return null;
        }

        var kept = columns.GetValue(column, _ => new Kept(this));
        Measures.Lookup(Name, isHit: kept.Index is not null);
        if (kept.Index is { } known)
        {
            return known;
        }

        // One thread makes it; the others wait rather than do the same.
        lock (kept)
        {
            if (kept.Index is null && Fits(8L * rows))
            {
                kept.Index = ColumnIndex.Of(column, rows);
                kept.Take(kept.Index?.Bytes ?? 0);
            }

            return kept.Index;
        }
    }

    /// <summary>
    /// By row: a bit for each code that any of the row's items or related rows has. Null where there are too many codes, or
    /// the memory is used up.
    /// </summary>
    /// <param name="collection">What leads to the items; of a published table.</param>
    /// <param name="starts">By row: where its items begin.</param>
    /// <param name="map">The items' rows by place; null where places are rows.</param>
    public ulong[]? MasksOf(Column collection, ColumnIndex items, int[] starts, int[]? map)
    {
        if (items.Count > ItemMasks.MostCodes)
        {
            return null;
        }

        var kept = columns.GetValue(collection, _ => new Kept(this));
        lock (kept)
        {
            if (!kept.Masks.TryGetValue(items, out var masks) && Fits(8L * starts.Length))
            {
                masks = ItemMasks.Of(items.Codes, starts, map);
                kept.Masks.Add(items, masks);
                kept.Take(8L * masks.Length);
            }

            return masks;
        }
    }

    /// <summary>By row: the <see cref="TextSignatures"/> of its text. Null where the table is too small or the memory is used up.</summary>
    /// <param name="owner">What holds the texts, and lives on after the request.</param>
    /// <param name="textOf">A row's text; null where it has none.</param>
    public ulong[]? SignaturesOf(object owner, int rows, Func<int, string?> textOf)
    {
        if (!Serves(rows))
        {
            return null;
        }

        var kept = columns.GetValue(owner, _ => new Kept(this));
        Measures.Lookup(Name, isHit: kept.Signatures is not null);
        if (kept.Signatures is { } known)
        {
            return known;
        }

        lock (kept)
        {
            if (kept.Signatures is null && Fits(8L * rows))
            {
                var signatures = new ulong[rows];
                for (var row = 0; row < rows; row++)
                {
                    signatures[row] = TextSignatures.Of(textOf(row));
                }

                kept.Signatures = signatures;
                kept.Take(8L * rows);
            }

            return kept.Signatures;
        }
    }

    private bool Fits(long more) => Bytes + more <= indexing.MaxBytes;

    /// <summary>What is kept of one column, or of one set's texts; its bytes are given back once that is gone.</summary>
    private sealed class Kept(IndexStore store)
    {
        private long own;

        ~Kept() => Interlocked.Add(ref store.bytes, -own);

        public ColumnIndex? Index { get; set; }

        public ulong[]? Signatures { get; set; }

        /// <summary>A collection's masks by the index of its items.</summary>
        public Dictionary<ColumnIndex, ulong[]> Masks { get; } = [];

        public void Take(long more)
        {
            own += more;
            Interlocked.Add(ref store.bytes, more);
        }
    }
}
