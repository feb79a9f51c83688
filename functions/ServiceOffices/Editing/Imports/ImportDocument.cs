using ServiceOffices.Editing.Forms;

namespace ServiceOffices.Editing.Imports;

/// <summary>The rows of one entity set.</summary>
/// <param name="Columns">The columns that the document has at all.</param>
internal sealed record ImportRows(IReadOnlySet<string> Columns, IReadOnlyList<EditRow> Rows)
{
    /// <summary>A register of 100 000 offices with its events, and what an instance has the memory for; docs/limits.md.</summary>
    public const int MaxRows = 250_000;

    /// <summary>The problem of a document that has more.</summary>
    public static ImportProblem CreateTooManyRowsProblem(EditForm form) => new(form.EntitySetName, null, null, "more", FormattableString.Invariant($"at most {MaxRows} rows in one document"));
}

/// <summary>The rows of a document, not yet looked at beside the register.</summary>
/// <param name="Offices">Null where the document says nothing of offices.</param>
/// <param name="Events">Null where it says nothing of events.</param>
internal sealed record ImportDocument(ImportRows? Offices, ImportRows? Events, IReadOnlyList<ImportProblem> Problems)
{
    public static ImportDocument Invalid(params IReadOnlyList<ImportProblem> problems) => new(null, null, problems);
}
