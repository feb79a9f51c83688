using System.Collections.Frozen;
using System.Globalization;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Schema;

/// <summary>Validates an office against the rules of its columns. Every problem is reported at once.</summary>
public sealed class OfficeValidator(ReferenceData reference)
{
    private readonly FrozenSet<string> municipalityCodes =
        reference.Municipalities.Select(municipality => municipality.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Gets every problem of the office, in the order of its columns; empty if it is valid.</summary>
    public IReadOnlyList<ValidationProblem> Validate(Office office)
    {
        var validator = new FieldValidator(municipalityCodes);
        OfficeSchema.Columns.Validate(validator, "", office);
        return validator.Problems;
    }
}

/// <summary>Validates an event against the rules of its columns. Every problem is reported at once.</summary>
public static class LifecycleEventValidator
{
    /// <summary>Gets every problem of the event by itself, in the order of its columns; empty if it is valid.</summary>
    /// <param name="officeId">The id of the office that has the event.</param>
    public static IReadOnlyList<ValidationProblem> Validate(LifecycleEvent lifecycleEvent, string officeId)
    {
        var validator = new FieldValidator();
        validator.Require(lifecycleEvent.OfficeId == officeId, "officeId", lifecycleEvent.OfficeId, $"the office's own id '{officeId}'");
        EventSchema.Columns.Validate(validator, "", lifecycleEvent);
        return validator.Problems;
    }
}

/// <summary>Validates an office with all of its events. Every problem is reported at once.</summary>
public sealed class EntryValidator(ReferenceData reference)
{
    private readonly OfficeValidator officeValidator = new(reference);

    /// <summary>Gets the office's problems, then those of the events, whose fields are named <c>events[0].kind</c>; empty if the entry is valid.</summary>
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

    /// <inheritdoc cref="OfficeValidator.Validate"/>
    public IReadOnlyList<ValidationProblem> ValidateOffice(Office office) => officeValidator.Validate(office);

    /// <summary>Gets the problems of one of the events, including a number that an earlier event has.</summary>
    public static IReadOnlyList<ValidationProblem> ValidateEvent(RegisterEntry entry, int index)
    {
        var lifecycleEvent = entry.Events[index];
        var problems = LifecycleEventValidator.Validate(lifecycleEvent, entry.Office.Id);
        return entry.Events.Take(index).All(earlier => earlier.Number != lifecycleEvent.Number)
            ? problems
            : [.. problems, new ValidationProblem("number", lifecycleEvent.Number.ToString(CultureInfo.InvariantCulture), "unique within the office")];
    }
}
