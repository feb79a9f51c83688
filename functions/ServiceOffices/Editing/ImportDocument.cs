namespace ServiceOffices.Editing;

/// <summary>The rows of a document, not yet looked at beside the register.</summary>
/// <param name="Offices">Null where the document says nothing of offices.</param>
/// <param name="Events">Null where it says nothing of events.</param>
internal sealed record ImportDocument(ImportRows? Offices, ImportRows? Events, IReadOnlyList<ImportProblem> Problems)
{
    public static ImportDocument Invalid(params IReadOnlyList<ImportProblem> problems) => new(null, null, problems);
}
