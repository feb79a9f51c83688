using System.Globalization;

namespace ServiceOffices.Register;

/// <summary>What an office with all of its events must be. Every problem is reported at once.</summary>
public sealed class EntryValidator(ReferenceData reference)
{
    private readonly OfficeValidator officeValidator = new(reference);

    /// <summary>The office's problems, then the events', whose fields are named <c>events[0].kind</c>; empty where the entry is valid.</summary>
    public IReadOnlyList<ValidationProblem> Validate(RegisterEntry entry)
    {
        var problems = new List<ValidationProblem>(officeValidator.Validate(entry.Office));
        for (var i = 0; i < entry.Events.Count; i++)
        {
            var row = string.Create(CultureInfo.InvariantCulture, $"events[{i}].");
            problems.AddRange(ValidateEvent(entry, i).Select(problem => problem with { Field = row + problem.Field }));
        }

        return problems;
    }

    public IReadOnlyList<ValidationProblem> ValidateOffice(Office office) => officeValidator.Validate(office);

    /// <summary>The problems of one of the events, a number that an earlier one has among them.</summary>
    public static IReadOnlyList<ValidationProblem> ValidateEvent(RegisterEntry entry, int index)
    {
        var lifecycleEvent = entry.Events[index];
        var problems = LifecycleEventValidator.Validate(lifecycleEvent, entry.Office.Id);
        return entry.Events.Take(index).All(earlier => earlier.Number != lifecycleEvent.Number)
            ? problems
            : [.. problems, new ValidationProblem("number", lifecycleEvent.Number.ToString(CultureInfo.InvariantCulture), "given once within the office")];
    }
}
