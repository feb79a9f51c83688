namespace ODataEngine.Model;

/// <summary>Reads columns from rows. A row of null, which is of another type, has only nulls and empty collections.</summary>
internal static class ColumnReader
{
    public static ValueColumn<string> ReadStrings<TRow>(Property property, IReadOnlyList<TRow?> rows, Func<TRow, string?> read)
        where TRow : class
    {
        var values = new string[rows.Count];
        var nulls = new bool[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = rows[i] is { } row ? read(row)! : null!;
            nulls[i] = values[i] is null;
        }

        return new ValueColumn<string>(property, values, nulls);
    }

    public static ValueColumn<T> ReadValues<TRow, T>(Property property, IReadOnlyList<TRow?> rows, Func<TRow, T> read)
        where TRow : class
        where T : struct
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = rows[i] is { } row ? read(row) : default;
        }

        return new ValueColumn<T>(property, values, FindNulls(rows));
    }

    public static ValueColumn<T> ReadNullableValues<TRow, T>(Property property, IReadOnlyList<TRow?> rows, Func<TRow, T?> read)
        where TRow : class
        where T : struct
    {
        var values = new T[rows.Count];
        var nulls = new bool[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = rows[i] is { } row ? read(row) : null;
            values[i] = value.GetValueOrDefault();
            nulls[i] = value is null;
        }

        return new ValueColumn<T>(property, values, nulls);
    }

    public static ComplexColumn ReadComplexValues<TRow, TPart>(Property property, IReadOnlyList<TRow?> rows, Func<TRow, TPart?> read, TypeMapping<TPart> complexType)
        where TRow : class
        where TPart : class
    {
        var parts = new TPart?[rows.Count];
        var nulls = new bool[rows.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = rows[i] is { } row ? read(row) : null;
            nulls[i] = parts[i] is null;
        }

        return new ComplexColumn(property, complexType.CreateTable(parts), nulls);
    }

    public static CollectionColumn ReadCollections<TRow, TItem>(Property property, IReadOnlyList<TRow?> rows, Func<TRow, IReadOnlyList<TItem>> read, TypeMapping<TItem> itemType)
        where TRow : class
        where TItem : class
    {
        var starts = new int[rows.Count + 1];
        var items = new List<TItem>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is { } row)
            {
                items.AddRange(read(row));
            }

            starts[i + 1] = items.Count;
        }

        return new CollectionColumn(property, itemType.CreateTable(items), starts);
    }

    private static bool[]? FindNulls<TRow>(IReadOnlyList<TRow?> rows)
        where TRow : class
    {
        bool[]? nulls = null;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null)
            {
                (nulls ??= new bool[rows.Count])[i] = true;
            }
        }

        return nulls;
    }
}
