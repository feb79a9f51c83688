namespace ServiceOffices.Evaluation;

/// <summary>An order of a table's rows. Of rows that are equal in it the one that comes first stays first.</summary>
internal abstract class RowOrder
{
    // Below this share of the rows wanted, keeping the best seen so far beats sorting all.
    private const int TopShareDivisor = 8;

    /// <summary>A part of the whole table in this order.</summary>
    public abstract ReadOnlyMemory<int> SortTable(int from, int count, int[] scope);

    /// <summary>A part of some rows in this order.</summary>
    /// <param name="rows">By number.</param>
    /// <param name="from">At most the number of rows, with <paramref name="count"/> too.</param>
    public abstract ReadOnlyMemory<int> Sort(ReadOnlySpan<int> rows, int from, int count, int[] scope);

    /// <summary>Whether so few of so many rows are wanted that the others need no sorting.</summary>
    protected static bool IsTopOnly(int topCount, int rowCount) => topCount * (long)TopShareDivisor < rowCount;
}
