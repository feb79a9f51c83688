using System.Globalization;
using System.Text;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Editing.Imports;

/// <summary>One thing wrong with a document, or to be asked about it.</summary>
/// <param name="Set"><c>offices</c> or <c>events</c>; null where it is about the document.</param>
/// <param name="Row">As a spreadsheet counts, the header being row 1; in JSON the place in the array, from 1; null where it is about no single row.</param>
/// <param name="Column">The column's name; null where it is about the whole row.</param>
/// <param name="Value">What stands there; null where nothing does.</param>
/// <param name="Allowed">What is allowed there, in plain English.</param>
public sealed record ImportProblem(string? Set, int? Row, string? Column, string? Value, string Allowed)
{
    public string? Column { get; init; } = ValidationProblem.Truncate(Column);

    public string? Value { get; init; } = ValidationProblem.Truncate(Value);

    /// <summary>All of it as a sentence: <c>offices, row 7: latitude must be …; got '590'.</c></summary>
    public string Message
    {
        get
        {
            var text = new StringBuilder(Set ?? "The document");
            if (Row is { } row)
            {
                text.Append(CultureInfo.InvariantCulture, $", row {row}");
            }

            return Column is null
                ? text.Append(CultureInfo.InvariantCulture, $": must be {Allowed}{(Value is null ? "" : $"; got '{Value}'")}.").ToString()
                : text.Append(": ").Append(new ValidationProblem(Column, Value, Allowed)).ToString();
        }
    }
}

/// <summary>What was found in a document, in its order. Of very much, the first is kept: a file where every row is wrong must not fill the memory.</summary>
internal sealed class ImportProblemList
{
    /// <summary>docs/limits.md.</summary>
    public const int MaxListed = 10_000;

    private readonly List<ImportProblem> listed = [];

    public IReadOnlyList<ImportProblem> Listed => listed;

    /// <summary>How many there are, listed or not.</summary>
    public int Count { get; private set; }

    public void Add(ImportProblem problem)
    {
        Count++;
        if (listed.Count < MaxListed)
        {
            listed.Add(problem);
        }
    }

    public void AddRange(IEnumerable<ImportProblem> problems)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }
}

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
