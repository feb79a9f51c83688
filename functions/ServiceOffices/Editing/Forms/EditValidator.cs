using System.Globalization;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Forms;

/// <summary>Validates an entry before it is written: that it can be published, and that every store can store it.</summary>
public sealed class EditValidator(ReferenceData reference)
{
    /// <summary>Maximum number of events, so that an office can be removed in one transaction of 100 rows, including its own row and that of the audit log.</summary>
    public const int MaxEvents = 98;

    private readonly EntryValidator validation = new(reference);

    /// <inheritdoc cref="ReferenceData.PlanExpiryMonths"/>
    public int PlanExpiryMonths => reference.PlanExpiryMonths;

    /// <summary>Gets all problems, those of the office first. Fields of events are named by index: <c>events[0].kind</c>.</summary>
    public IReadOnlyList<ValidationProblem> Validate(RegisterEntry entry)
    {
        var problems = new List<ValidationProblem>(validation.Validate(entry));
        if (entry.Events.Count > MaxEvents)
        {
            problems.Add(new ValidationProblem("events", entry.Events.Count.ToString(CultureInfo.InvariantCulture), $"a list of at most {MaxEvents} events"));
        }

        if (problems.Count == 0)
        {
            problems.AddRange(StorageLimits.FindProblems(entry));
        }

        return problems;
    }
}
