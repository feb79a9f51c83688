using System.Buffers;
using Parquet;
using Parquet.Schema;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Writes one leaf of a Parquet schema: a column of single values, at whatever depth.</summary>
internal abstract class ParquetLeaf
{
    public abstract Task WriteAsync(ParquetRowGroupWriter group, DataField field, ReadOnlyMemory<int> rows, CancellationToken cancellationToken);
}

/// <param name="way">The complex properties and collections that lead to the column, from the outside in.</param>
/// <param name="convert">A value as the Parquet library takes it.</param>
internal sealed class ParquetLeaf<TSource, TTarget>(ValueColumn<TSource> column, Column[] way, Func<TSource, TTarget> convert) : ParquetLeaf
    where TTarget : struct
{
    private readonly ArrayBufferWriter<TTarget> values = new();
    private readonly ArrayBufferWriter<int> definitions = new();
    private readonly ArrayBufferWriter<int> repetitions = new();

    /// <summary>The values of rows, nulls left out.</summary>
    public IEnumerable<TSource> Values(ReadOnlyMemory<int> rows)
    {
        List<TSource> found = [];
        foreach (var row in rows.Span)
        {
            Collect(0, row, found);
        }

        return found;
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, DataField field, ReadOnlyMemory<int> rows, CancellationToken cancellationToken)
    {
        values.ResetWrittenCount();
        definitions.ResetWrittenCount();
        repetitions.ResetWrittenCount();
        foreach (var row in rows.Span)
        {
            Visit(0, row, definition: 0, repetition: 0, depth: 0, field.IsNullable ? 1 : 0);
        }

        await group.WriteAllPartsAsync(
            field,
            values.WrittenMemory,
            field.MaxDefinitionLevel > 0 ? definitions.WrittenMemory : (ReadOnlyMemory<int>?)null,
            field.MaxRepetitionLevel > 0 ? repetitions.WrittenMemory : (ReadOnlyMemory<int>?)null,
            cancellationToken);
    }

    // The levels of the Dremel encoding (Apache Parquet, Nested Encoding): how much of the way is there, and which list goes on.
    private void Visit(int step, int row, int definition, int repetition, int depth, int own)
    {
        if (step == way.Length)
        {
            if (column.TryGet(row, out var value))
            {
                Add(values, convert(value));
                definition += own;
            }

            Level(definition, repetition);
            return;
        }

        if (way[step] is not CollectionColumn collection)
        {
            if (way[step].IsNull(row))
            {
                Level(definition, repetition);
                return;
            }

            Visit(step + 1, row, definition + 1, repetition, depth, own);
            return;
        }

        // A list may be null, and has items; items that are structures may be null too. None is.
        var (start, end) = (collection.Starts[row], collection.Starts[row + 1]);
        if (start == end)
        {
            Level(definition + 1, repetition);
            return;
        }

        var inside = definition + (collection.Property.ElementType is StructuredType ? 3 : 2);
        for (var item = start; item < end; item++)
        {
            Visit(step + 1, item, inside, item == start ? repetition : depth + 1, depth + 1, own);
        }
    }

    private void Collect(int step, int row, List<TSource> found)
    {
        if (step == way.Length)
        {
            if (column.TryGet(row, out var value))
            {
                found.Add(value);
            }

            return;
        }

        if (way[step] is not CollectionColumn collection)
        {
            if (!way[step].IsNull(row))
            {
                Collect(step + 1, row, found);
            }

            return;
        }

        for (var item = collection.Starts[row]; item < collection.Starts[row + 1]; item++)
        {
            Collect(step + 1, item, found);
        }
    }

    private void Level(int definition, int repetition)
    {
        Add(definitions, definition);
        if (way.Length > 0)
        {
            Add(repetitions, repetition);
        }
    }

    private static void Add<T>(ArrayBufferWriter<T> buffer, T value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }
}
