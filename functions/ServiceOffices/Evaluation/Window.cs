namespace ServiceOffices.Evaluation;

/// <summary>A part of the rows that a query keeps, in order.</summary>
/// <param name="TotalCount">How many rows are kept in all; -1 where that was not asked for.</param>
internal readonly record struct RowPage(ReadOnlyMemory<int> Rows, int TotalCount);
