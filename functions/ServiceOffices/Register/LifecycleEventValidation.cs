namespace ServiceOffices.Register;

/// <summary>What an event must be to be published. Every problem is reported at once.</summary>
public static class LifecycleEventValidation
{
    private const int LongestNote = 2000;

    /// <summary>Everything that is wrong with the event by itself, in the order of its fields; empty where it is valid.</summary>
    /// <param name="officeId">The office that it is kept with.</param>
    public static IReadOnlyList<Problem> Problems(LifecycleEvent happened, string officeId)
    {
        var problems = new ValidationProblems();
        problems.Require(happened.OfficeId == officeId, "officeId", happened.OfficeId, $"the office's own id '{officeId}'");
        problems.Require(happened.Number >= 1, "number", happened.Number, "a whole number from 1");
        problems.Code("kind", happened.Kind, Codes.EventKind);
        problems.Date("on", happened.On);
        problems.Code("precision", happened.Precision, Codes.Precision);
        var (isFirstDay, firstDay) = happened.Precision switch
        {
            "month" => (happened.On.Day == 1, "the first day of a month where the precision is month"),
            "halfYear" => (happened.On is { Day: 1, Month: 1 or 7 }, "1 January or 1 July where the precision is halfYear"),
            "year" => (happened.On.DayOfYear == 1, "1 January where the precision is year"),
            _ => (true, ""),
        };
        problems.Require(isFirstDay, "on", happened.On, firstDay);
        problems.OptionalUrl("source", happened.Source);
        problems.OptionalText("note", happened.Note, LongestNote);
        return problems.Found;
    }
}
