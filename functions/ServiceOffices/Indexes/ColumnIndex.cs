using System.Runtime.InteropServices;
using ServiceOffices.Tables;

namespace ServiceOffices.Indexes;

/// <summary>
/// A column's distinct values in order, each with its rows. One structure serves equality and ranges (values in a range
/// have codes in a range), sorting (codes compare as values do), grouping and counting.
/// </summary>
internal abstract class ColumnIndex
{
    protected ColumnIndex(int[] codes, int distinct)
    {
        Codes = codes;
        Starts = new int[distinct + 2];
        foreach (var code in codes)
        {
            Starts[code + 1]++;
        }

        for (var code = 0; code <= distinct; code++)
        {
            Starts[code + 1] += Starts[code];
        }

        Rows = new int[codes.Length];
        int[] next = [.. Starts];
        for (var row = 0; row < codes.Length; row++)
        {
            Rows[next[codes[row]]++] = row;
        }
    }

    /// <summary>By row: 0 for null, else the place of its value among the distinct ones, from 1.</summary>
    public int[] Codes { get; }

    /// <summary>By code: where its rows begin in <see cref="Rows"/>; one more for the end.</summary>
    public int[] Starts { get; }

    /// <summary>Every row, by code, those of one code by number: the table in the order of this column.</summary>
    public int[] Rows { get; }

    /// <summary>How many codes there are, that of null included.</summary>
    public int Count => Starts.Length - 1;

    /// <summary>About how much memory it takes.</summary>
    public long Bytes => (8L * Codes.Length) + (32L * Count);

    /// <summary>The first code of a value that is in order with others, which NaN is not.</summary>
    public abstract int FirstOrdered { get; }

    /// <summary>Whether this is a value of the column's type that is in order with others.</summary>
    public abstract bool Orders(object? value);

    /// <summary>The first code whose value is not below this one.</summary>
    /// <param name="value">One that <see cref="Orders"/> holds for.</param>
    public abstract int FirstFrom(object value);

    /// <summary>The first code whose value is above this one.</summary>
    /// <param name="value">One that <see cref="Orders"/> holds for.</param>
    public abstract int FirstAbove(object value);

    /// <summary>The first row of a code, or -1.</summary>
    public int FirstOf(int code) => Starts[code] < Starts[code + 1] ? Rows[Starts[code]] : -1;

    /// <summary>The rows of a code, by number.</summary>
    public ReadOnlyMemory<int> RowsOf(int code) => Rows.AsMemory(Starts[code]..Starts[code + 1]);

    /// <summary>The index of a column of this many rows; null where its values have no order.</summary>
    public static ColumnIndex? Of(Column column, int rows) => column switch
    {
        ValueColumn<string> c => new ColumnIndex<string>(c, rows),
        ValueColumn<int> c => new ColumnIndex<int>(c, rows),
        ValueColumn<bool> c => new ColumnIndex<bool>(c, rows),
        ValueColumn<double> c => new ColumnIndex<double>(c, rows),
        ValueColumn<DateOnly> c => new ColumnIndex<DateOnly>(c, rows),
        ValueColumn<DateTimeOffset> c => new ColumnIndex<DateTimeOffset>(c, rows),
        ValueColumn<long> c => new ColumnIndex<long>(c, rows),
        ValueColumn<decimal> c => new ColumnIndex<decimal>(c, rows),
        ValueColumn<TimeOnly> c => new ColumnIndex<TimeOnly>(c, rows),
        ValueColumn<TimeSpan> c => new ColumnIndex<TimeSpan>(c, rows),
        ValueColumn<Guid> c => new ColumnIndex<Guid>(c, rows),
        ValueColumn<byte> c => new ColumnIndex<byte>(c, rows),
        ValueColumn<sbyte> c => new ColumnIndex<sbyte>(c, rows),
        ValueColumn<short> c => new ColumnIndex<short>(c, rows),
        ValueColumn<float> c => new ColumnIndex<float>(c, rows),
        _ => null,
    };
}

/// <inheritdoc/>
internal sealed class ColumnIndex<T> : ColumnIndex
    where T : notnull
{
    private readonly T[] values;

    public ColumnIndex(ValueColumn<T> column, int rows)
        : this(Encode(column, rows))
    {
    }

    private ColumnIndex((int[] Codes, T[] Values) encoded)
        : base(encoded.Codes, encoded.Values.Length) => values = encoded.Values;

    public override int FirstOrdered => values.Length > 0 && ValueOrder<T>.IsNaN(values[0]) ? 2 : 1;

    public override bool Orders(object? value) => value is T own && !ValueOrder<T>.IsNaN(own);

    public override int FirstFrom(object value) => Bound((T)value, above: false);

    public override int FirstAbove(object value) => Bound((T)value, above: true);

    private int Bound(T value, bool above)
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = ValueOrder<T>.Compare(values[middle], value);
            if (order < 0 || (above && order == 0))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low + 1;
    }

    private static (int[] Codes, T[] Values) Encode(ValueColumn<T> column, int rows)
    {
        // First a number for each distinct value as it comes, then the numbers' places in the values' order.
        var codes = new int[rows];
        var numbers = new Dictionary<T, int>(ValueOrder<T>.Equality);
        for (var row = 0; row < rows; row++)
        {
            if (column.TryGet(row, out var value))
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var known);
                number = known ? number : numbers.Count;
                codes[row] = number;
            }
        }

        T[] values = [.. numbers.Keys];
        int[] byOrder = [.. Enumerable.Range(1, values.Length)];
        Array.Sort(values, byOrder, Comparer<T>.Create(ValueOrder<T>.Compare));
        var places = new int[values.Length + 1];
        for (var place = 0; place < byOrder.Length; place++)
        {
            places[byOrder[place]] = place + 1;
        }

        for (var row = 0; row < rows; row++)
        {
            codes[row] = places[codes[row]];
        }

        return (codes, values);
    }
}
