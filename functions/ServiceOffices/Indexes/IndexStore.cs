using System.Runtime.CompilerServices;
using ServiceOffices.Tables;

namespace ServiceOffices.Indexes;

/// <summary>The indexes of an engine: each is made when a query first has use for it, and lives as long as its column.</summary>
internal sealed class IndexStore(Indexing indexing)
{
    private readonly ConditionalWeakTable<Column, Kept> columns = [];
    private long bytes;

    /// <summary>Bytes that the indexes take now.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Whether a table of this many rows is indexed at all.</summary>
    public bool Serves(int rows) => rows >= indexing.FromRows && indexing.MaxBytes > 0;

    /// <summary>A column's index; null where there is none: the table is too small, the memory used up, or the values have no order.</summary>
    /// <param name="column">Of a published table, which lives on after the request.</param>
    /// <param name="rows">Rows of its table.</param>
    public ColumnIndex? Of(Column column, int rows) =>
        !Serves(rows) ? null
        : columns.TryGetValue(column, out var kept) ? kept.Index
        : Make(column, rows);

    private ColumnIndex? Make(Column column, int rows)
    {
        // One thread makes it; the others wait rather than do the same.
        lock (column)
        {
            if (columns.TryGetValue(column, out var kept))
            {
                return kept.Index;
            }

            if (Bytes + (8L * rows) > indexing.MaxBytes)
            {
                return null;
            }

            var made = ColumnIndex.Of(column, rows);
            var size = made?.Bytes ?? 0;
            Interlocked.Add(ref bytes, size);
            columns.Add(column, new Kept(made, () => Interlocked.Add(ref bytes, -size)));
            return made;
        }
    }

    /// <summary>Gives its bytes back once the column is gone.</summary>
    private sealed class Kept(ColumnIndex? index, Action release)
    {
        public ColumnIndex? Index { get; } = index;

        ~Kept() => release();
    }
}
