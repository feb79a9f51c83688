using ServiceOffices.Editing.Forms;

namespace ServiceOffices.Editing.Imports;

/// <summary>The rows of one entity set.</summary>
/// <param name="Columns">The columns that the document contains.</param>
internal sealed record ImportRows(IReadOnlySet<string> Columns, IReadOnlyList<EditRow> Rows)
{
    /// <summary>Maximum number of rows: a register of 100 000 offices with its events fits, and so does an instance's memory; docs/limits.md.</summary>
    public const int MaxRows = 250_000;

    /// <summary>Creates the problem of a document with more rows.</summary>
    public static ImportProblem CreateTooManyRowsProblem(EditForm form) => new(form.EntitySetName, null, null, "more", FormattableString.Invariant($"at most {MaxRows} rows in one document"));
}

/// <summary>The rows of a document before they are compared with the register.</summary>
/// <param name="Offices">Null if the document has no offices part.</param>
/// <param name="Events">Null if the document has no events part.</param>
internal sealed record ImportDocument(ImportRows? Offices, ImportRows? Events, IReadOnlyList<ImportProblem> Problems)
{
    public static ImportDocument Invalid(params IReadOnlyList<ImportProblem> problems) => new(null, null, problems);
}
