using System.Globalization;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Validation;

/// <summary>What an event must be to be published. Every problem is reported at once.</summary>
public static class LifecycleEventValidator
{
    private const int MaxNoteLength = 2000;

    /// <summary>Everything that is wrong with the event by itself, in the order of its fields; empty where it is valid.</summary>
    /// <param name="officeId">The office that it is kept with.</param>
    public static IReadOnlyList<ValidationProblem> Validate(LifecycleEvent lifecycleEvent, string officeId)
    {
        var validator = new FieldValidator();
        validator.Require(lifecycleEvent.OfficeId == officeId, "officeId", lifecycleEvent.OfficeId, $"the office's own id '{officeId}'");
        validator.Require(lifecycleEvent.Number >= 1, "number", lifecycleEvent.Number, "a whole number from 1");
        validator.CheckCode("kind", lifecycleEvent.Kind, Codes.EventKind);
        validator.CheckDate("on", lifecycleEvent.On);
        validator.CheckCode("precision", lifecycleEvent.Precision, Codes.Precision);
        var (isFirstDay, requirement) = lifecycleEvent.Precision switch
        {
            "month" => (lifecycleEvent.On.Day == 1, "the first day of a month where the precision is month"),
            "halfYear" => (lifecycleEvent.On is { Day: 1, Month: 1 or 7 }, "1 January or 1 July where the precision is halfYear"),
            "year" => (lifecycleEvent.On.DayOfYear == 1, "1 January where the precision is year"),
            _ => (true, ""),
        };
        validator.Require(isFirstDay, "on", lifecycleEvent.On, requirement);
        validator.CheckOptionalUrl("source", lifecycleEvent.Source);
        validator.CheckOptionalMultiLine("note", lifecycleEvent.Note, MaxNoteLength);
        return validator.Problems;
    }
}

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
