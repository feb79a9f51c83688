namespace ServiceOffices.Register;

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
