using System.Globalization;
using System.Text;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Editing.Imports;

/// <summary>A problem of a document, or a question about it.</summary>
/// <param name="Set"><c>offices</c> or <c>events</c>; null if it concerns the whole document.</param>
/// <param name="Row">Row number as in a spreadsheet, where the header is row 1; in JSON the position in the array, from 1; null if it concerns no single row.</param>
/// <param name="Column">Name of the column; null if it concerns the whole row.</param>
/// <param name="Value">The value found; null if it is missing.</param>
/// <param name="Allowed">The allowed values, in plain English.</param>
public sealed record ImportProblem(string? Set, int? Row, string? Column, string? Value, string Allowed)
{
    public string? Column { get; init; } = ValidationProblem.Truncate(Column);

    public string? Value { get; init; } = ValidationProblem.Truncate(Value);

    /// <summary>Gets the problem as a sentence: <c>offices, row 7: latitude must be …; got '590'.</c></summary>
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

/// <summary>The problems of one column for which the same values are allowed.</summary>
/// <param name="Row">The first row with the problem.</param>
/// <param name="Example">The value of that row.</param>
public sealed record ImportProblemGroup(string? Set, string? Column, string Allowed, int Count, int? Row, string? Example);

/// <summary>Problems in the order of the document. Only the first are kept, so that a file with errors in every row does not fill the memory.</summary>
internal sealed class ImportProblemList
{
    /// <summary>Maximum number of problems kept; docs/limits.md.</summary>
    public const int MaxListed = 10_000;

    /// <summary>Maximum number of groups; docs/limits.md.</summary>
    public const int MaxGroups = 100;

    private readonly List<ImportProblem> listed = [];
    private readonly Dictionary<(string? Set, string? Column, string Allowed), ImportProblemGroup> groups = [];

    public IReadOnlyList<ImportProblem> Listed => listed;

    /// <summary>Gets the problems by column and allowed values, the most frequent first.</summary>
    public IReadOnlyList<ImportProblemGroup> Groups => [.. groups.Values.OrderByDescending(group => group.Count)];

    /// <summary>Gets the number of all problems, listed or not.</summary>
    public int Count { get; private set; }

    public void Add(ImportProblem problem)
    {
        Count++;
        var key = (problem.Set, problem.Column, problem.Allowed);
        if (groups.TryGetValue(key, out var group))
        {
            groups[key] = group with { Count = group.Count + 1 };
        }
        else if (groups.Count < MaxGroups)
        {
            groups.Add(key, new ImportProblemGroup(problem.Set, problem.Column, problem.Allowed, 1, problem.Row, problem.Value));
        }

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

/// <summary>The changes that a document would make to the register, or the problems that prevent them.</summary>
/// <param name="Problems">The first <see cref="ImportProblemList.MaxListed"/>; if there is any, nothing is written.</param>
/// <param name="Questions">Values that an editor should review, but that do not prevent the import, such as computed columns that differ from their computed value. At most as many as problems.</param>
/// <param name="Differences">Ordered by office id. Rows with problems are left out.</param>
public sealed record ImportReport(
    ImportMode Mode,
    ImportCounts Offices,
    IReadOnlyList<OfficeDifference> Differences,
    IReadOnlyList<ImportProblem> Problems,
    IReadOnlyList<ImportProblem> Questions)
{
    /// <summary>Creates the report of a request whose document was not read.</summary>
    internal static ImportReport CreateEmpty(ImportMode mode) => new(mode, new ImportCounts(0, 0, 0, 0), [], [], []) { ProblemCount = 0, ProblemGroups = [], QuestionCount = 0 };

    /// <summary>Gets the number of all problems, listed or not.</summary>
    public required int ProblemCount { get; init; }

    /// <summary>The problems by column and allowed values, the most frequent first; at most <see cref="ImportProblemList.MaxGroups"/>.</summary>
    public required IReadOnlyList<ImportProblemGroup> ProblemGroups { get; init; }

    /// <inheritdoc cref="ProblemCount"/>
    public required int QuestionCount { get; init; }

    /// <summary>Gets one step for each changed office; not part of the report in JSON.</summary>
    internal IReadOnlyList<ImportStep> Steps { get; init; } = [];

    /// <summary>Gets the offices on which the plan is based and those that it adds: the version of each office without a step, else null.</summary>
    internal IReadOnlyDictionary<string, string?> Baseline { get; init; } = new Dictionary<string, string?>();
}
