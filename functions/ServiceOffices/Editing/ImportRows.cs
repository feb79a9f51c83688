namespace ServiceOffices.Editing;

/// <summary>The rows of one entity set.</summary>
/// <param name="Columns">The columns that the document has at all.</param>
internal sealed record ImportRows(IReadOnlySet<string> Columns, IReadOnlyList<FormRow> Rows);
