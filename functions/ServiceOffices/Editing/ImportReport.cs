namespace ServiceOffices.Editing;

/// <summary>What a document would do to the register, or why it cannot.</summary>
/// <param name="Problems">The first <see cref="ImportProblemList.MaxListed"/>; where there is one, nothing is written.</param>
/// <param name="Questions">What an editor should look at and what is written all the same: computed columns that say other than what they will be. As many as of the problems.</param>
/// <param name="Differences">Ordered by office id. Rows with problems are left out.</param>
public sealed record ImportReport(
    ImportMode Mode,
    ImportCounts Offices,
    IReadOnlyList<OfficeDifference> Differences,
    IReadOnlyList<ImportProblem> Problems,
    IReadOnlyList<ImportProblem> Questions)
{
    /// <summary>How many problems there are, listed or not.</summary>
    public required int ProblemCount { get; init; }

    /// <inheritdoc cref="ProblemCount"/>
    public required int QuestionCount { get; init; }

    /// <summary>One for each office that becomes another; not for reading aloud.</summary>
    internal IReadOnlyList<ImportStep> Steps { get; init; } = [];
}
