using System.Buffers;
using ODataEngine.Model;
using Parquet;
using Parquet.Schema;

namespace ODataEngine.Formats.Parquet;

/// <summary>Writes one leaf of a Parquet schema: a column of single values at any depth.</summary>
internal abstract class ParquetColumnWriter
{
    public abstract Task WriteAsync(ParquetRowGroupWriter group, DataField field, ReadOnlyMemory<int> rows, CancellationToken cancellationToken);
}

/// <param name="path">The complex properties and collections that contain the column, outermost first.</param>
/// <param name="convert">Converts a value to the type that the Parquet library requires.</param>
internal sealed class ParquetColumnWriter<TSource, TTarget>(ValueColumn<TSource> column, Column[] path, Func<TSource, TTarget> convert) : ParquetColumnWriter
    where TTarget : struct
{
    private readonly ArrayBufferWriter<TTarget> values = new();
    private readonly ArrayBufferWriter<int> definitions = new();
    private readonly ArrayBufferWriter<int> repetitions = new();

    /// <summary>Gets the values of the rows, without nulls.</summary>
    public IEnumerable<TSource> ReadValues(ReadOnlyMemory<int> rows)
    {
        List<TSource> result = [];
        foreach (var row in rows.Span)
        {
            CollectValues(0, row, result);
        }

        return result;
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, DataField field, ReadOnlyMemory<int> rows, CancellationToken cancellationToken)
    {
        values.ResetWrittenCount();
        definitions.ResetWrittenCount();
        repetitions.ResetWrittenCount();
        foreach (var row in rows.Span)
        {
            WriteValues(0, row, definition: 0, repetition: 0, depth: 0, field.IsNullable ? 1 : 0);
        }

        await group.WriteAllPartsAsync(
            field,
            values.WrittenMemory,
            field.MaxDefinitionLevel > 0 ? definitions.WrittenMemory : (ReadOnlyMemory<int>?)null,
            field.MaxRepetitionLevel > 0 ? repetitions.WrittenMemory : (ReadOnlyMemory<int>?)null,
            cancellationToken);
    }

    // The levels of the Dremel encoding (Apache Parquet, Nested Encoding): the definition level counts the optional ancestors that are
    // defined, the repetition level the list that continues.
    private void WriteValues(int pathIndex, int row, int definition, int repetition, int depth, int nullableLevel)
    {
        if (pathIndex == path.Length)
        {
            if (column.TryGet(row, out var value))
            {
                Add(values, convert(value));
                definition += nullableLevel;
            }

            AddLevels(definition, repetition);
            return;
        }

        if (path[pathIndex] is not CollectionColumn collection)
        {
            if (path[pathIndex].IsNull(row))
            {
                AddLevels(definition, repetition);
                return;
            }

            WriteValues(pathIndex + 1, row, definition + 1, repetition, depth, nullableLevel);
            return;
        }

        // In the schema, a list is optional, its items are repeated, and structured items are optional. No list or structured item is null.
        var (start, end) = (collection.Starts[row], collection.Starts[row + 1]);
        if (start == end)
        {
            AddLevels(definition + 1, repetition);
            return;
        }

        var itemDefinition = definition + (collection.Property.ElementType is StructuredType ? 3 : 2);
        for (var item = start; item < end; item++)
        {
            WriteValues(pathIndex + 1, item, itemDefinition, item == start ? repetition : depth + 1, depth + 1, nullableLevel);
        }
    }

    private void CollectValues(int pathIndex, int row, List<TSource> result)
    {
        if (pathIndex == path.Length)
        {
            if (column.TryGet(row, out var value))
            {
                result.Add(value);
            }

            return;
        }

        if (path[pathIndex] is not CollectionColumn collection)
        {
            if (!path[pathIndex].IsNull(row))
            {
                CollectValues(pathIndex + 1, row, result);
            }

            return;
        }

        for (var item = collection.Starts[row]; item < collection.Starts[row + 1]; item++)
        {
            CollectValues(pathIndex + 1, item, result);
        }
    }

    private void AddLevels(int definition, int repetition)
    {
        Add(definitions, definition);
        if (path.Length > 0)
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
