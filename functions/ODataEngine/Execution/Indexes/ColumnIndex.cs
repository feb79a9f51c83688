using System.Runtime.InteropServices;
using ODataEngine.Model;

namespace ODataEngine.Execution.Indexes;

/// <summary>
/// The distinct values of a column in order, each with its rows. A value is represented by its code, its position in that order. One structure
/// supports equality and ranges (a range of values is a range of codes), sorting (codes compare as values do), grouping and counting.
/// </summary>
internal abstract class ColumnIndex
{
    protected ColumnIndex(int[] codes, int distinctCount)
    {
        Codes = codes;
        Starts = new int[distinctCount + 2];
        foreach (var code in codes)
        {
            Starts[code + 1]++;
        }

        for (var code = 0; code <= distinctCount; code++)
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

    /// <summary>Gets the code of each row: 0 for null, else the position of its value among the distinct values, from 1.</summary>
    public int[] Codes { get; }

    /// <summary>Gets the start of the rows of each code in <see cref="Rows"/>, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>Gets all rows by code, then by number: the table in the order of this column.</summary>
    public int[] Rows { get; }

    /// <summary>Gets the number of codes, including the code of null.</summary>
    public int CodeCount => Starts.Length - 1;

    /// <summary>Gets the approximate memory use in bytes.</summary>
    public long EstimatedBytes => (8L * Codes.Length) + (32L * CodeCount);

    /// <summary>Gets the first code of a comparable value: not that of null or NaN.</summary>
    public abstract int FirstComparableCode { get; }

    /// <summary>Tests whether a value has the type of the column and is comparable: not null or NaN.</summary>
    public abstract bool IsComparable(object? value);

    /// <summary>Gets the first code whose value is at least this one.</summary>
    /// <param name="value">A value for which <see cref="IsComparable"/> is true.</param>
    public abstract int GetLowerBound(object value);

    /// <summary>Gets the first code whose value is greater than this one.</summary>
    /// <param name="value">A value for which <see cref="IsComparable"/> is true.</param>
    public abstract int GetUpperBound(object value);

    /// <summary>Gets the first row of a code; -1 if no row has it.</summary>
    public int GetFirstRow(int code) => Starts[code] < Starts[code + 1] ? Rows[Starts[code]] : -1;

    /// <summary>Gets the rows of a code, by number.</summary>
    public ReadOnlyMemory<int> GetRows(int code) => Rows.AsMemory(Starts[code]..Starts[code + 1]);

    /// <summary>Creates the index of a column; null if its values have no order.</summary>
    /// <param name="collation">The order of the strings of the column; null for the order by code unit.</param>
    public static ColumnIndex? Create(Column column, int rowCount, Collation? collation = null) => column switch
    {
        ValueColumn<string> c => new ColumnIndex<string>(c, rowCount, collation),
        ValueColumn<int> c => new ColumnIndex<int>(c, rowCount),
        ValueColumn<bool> c => new ColumnIndex<bool>(c, rowCount),
        ValueColumn<double> c => new ColumnIndex<double>(c, rowCount),
        ValueColumn<DateOnly> c => new ColumnIndex<DateOnly>(c, rowCount),
        ValueColumn<DateTimeOffset> c => new ColumnIndex<DateTimeOffset>(c, rowCount),
        ValueColumn<long> c => new ColumnIndex<long>(c, rowCount),
        ValueColumn<decimal> c => new ColumnIndex<decimal>(c, rowCount),
        ValueColumn<TimeOnly> c => new ColumnIndex<TimeOnly>(c, rowCount),
        ValueColumn<TimeSpan> c => new ColumnIndex<TimeSpan>(c, rowCount),
        ValueColumn<Guid> c => new ColumnIndex<Guid>(c, rowCount),
        ValueColumn<byte> c => new ColumnIndex<byte>(c, rowCount),
        ValueColumn<sbyte> c => new ColumnIndex<sbyte>(c, rowCount),
        ValueColumn<short> c => new ColumnIndex<short>(c, rowCount),
        ValueColumn<float> c => new ColumnIndex<float>(c, rowCount),
        _ => null,
    };
}

/// <inheritdoc/>
internal sealed class ColumnIndex<T> : ColumnIndex
    where T : notnull
{
    private readonly T[] values;
    private readonly Collation? collation;

    public ColumnIndex(ValueColumn<T> column, int rowCount, Collation? collation = null)
        : this(Encode(column, rowCount, collation))
    {
        this.collation = collation;
    }

    private ColumnIndex((int[] Codes, T[] Values) encoded)
        : base(encoded.Codes, encoded.Values.Length) => values = encoded.Values;

    public override int FirstComparableCode => values.Length > 0 && ValueComparer<T>.IsNaN(values[0]) ? 2 : 1;

    public override bool IsComparable(object? value) => value is T typed && !ValueComparer<T>.IsNaN(typed);

    public override int GetLowerBound(object value) => FindBound((T)value, isUpper: false);

    public override int GetUpperBound(object value) => FindBound((T)value, isUpper: true);

    private int FindBound(T value, bool isUpper)
    {
        var compare = ValueComparer<T>.GetComparison(collation);
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = compare(values[middle], value);
            if (order < 0 || (isUpper && order == 0))
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

    private static (int[] Codes, T[] Values) Encode(ValueColumn<T> column, int rowCount, Collation? collation)
    {
        // First, each distinct value gets a number in order of occurrence; then the numbers are replaced by the positions of the values in order.
        var codes = new int[rowCount];
        var numbers = new Dictionary<T, int>(ValueComparer<T>.Equality);
        for (var row = 0; row < rowCount; row++)
        {
            if (column.TryGet(row, out var value))
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var exists);
                number = exists ? number : numbers.Count;
                codes[row] = number;
            }
        }

        T[] values = [.. numbers.Keys];
        int[] byOrder = [.. Enumerable.Range(1, values.Length)];
        if (collation is null)
        {
            Array.Sort(values, byOrder, Comparer<T>.Create(ValueComparer<T>.Compare));
        }
        else
        {
            // Sorts by ranks, for which the key of each string is created once.
            Array.Sort(collation.GetRanks((string[])(object)values), byOrder);
            values = Array.ConvertAll(byOrder, number => values[number - 1]);
        }

        var codesByNumber = new int[values.Length + 1];
        for (var position = 0; position < byOrder.Length; position++)
        {
            codesByNumber[byOrder[position]] = position + 1;
        }

        for (var row = 0; row < rowCount; row++)
        {
            codes[row] = codesByNumber[codes[row]];
        }

        return (codes, values);
    }
}
