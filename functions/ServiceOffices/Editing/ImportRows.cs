namespace ServiceOffices.Editing;

/// <summary>The rows of one entity set.</summary>
/// <param name="Columns">The columns that the document has at all.</param>
internal sealed record ImportRows(IReadOnlySet<string> Columns, IReadOnlyList<EditRow> Rows)
{
    /// <summary>A register of 100 000 offices with its events, and what an instance has the memory for; docs/limits.md.</summary>
    public const int MaxRows = 250_000;

    /// <summary>The problem of a document that has more.</summary>
    public static ImportProblem CreateTooManyRowsProblem(EditForm form) => new(form.EntitySetName, null, null, "more", FormattableString.Invariant($"at most {MaxRows} rows in one document"));
}
