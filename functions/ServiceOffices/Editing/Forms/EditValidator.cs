using System.Globalization;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Forms;

/// <summary>Everything that an entry must be before it is written: what can be published, and what every store can hold.</summary>
public sealed class EditValidator(ReferenceData reference)
{
    /// <summary>So many that an office can still be removed by one transaction of 100 rows, with its own row and that of the audit.</summary>
    public const int MaxEvents = 98;

    private readonly EntryValidator validation = new(reference);

    /// <summary>Every problem, the office's first; those of an event are named <c>events[0].kind</c>, by its place.</summary>
    public IReadOnlyList<ValidationProblem> Validate(RegisterEntry entry)
    {
        var problems = new List<ValidationProblem>(validation.Validate(entry));
        if (entry.Events.Count > MaxEvents)
        {
            problems.Add(new ValidationProblem("events", entry.Events.Count.ToString(CultureInfo.InvariantCulture), $"at most {MaxEvents} for one office"));
        }

        if (problems.Count == 0)
        {
            problems.AddRange(StorageLimits.FindProblems(entry));
        }

        return problems;
    }
}
