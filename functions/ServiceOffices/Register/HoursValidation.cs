namespace ServiceOffices.Register;

/// <summary>What an office's ordinary week and its dated exceptions must be.</summary>
internal static class HoursValidation
{
    private const string LaterThanOpens = "later than opens";
    private const string WholeMinutes = "a time in whole minutes";

    public static void Check(ValidationProblems problems, Office office)
    {
        Week(problems, office.OpeningHours);
        Exceptions(problems, office.SpecialHours);
    }

    private static void Week(ValidationProblems problems, IReadOnlyList<OpeningHours> week)
    {
        problems.Each("openingHours", week, (field, hours) =>
        {
            problems.Code(field + ".dayOfWeek", hours.DayOfWeek, Codes.DayOfWeek);
            Times(problems, field, hours.Opens, hours.Closes);
            problems.Require(
                !week.TakeWhile(earlier => !ReferenceEquals(earlier, hours)).Any(earlier => earlier is not null && Overlap(earlier, hours)),
                field, $"{hours.DayOfWeek} {hours.Opens:HH\\:mm}-{hours.Closes:HH\\:mm}", "apart from the day's other openings of the same sort");
        });
    }

    /// <summary>Visits by appointment and without may go on side by side.</summary>
    private static bool Overlap(OpeningHours one, OpeningHours other) =>
        one.DayOfWeek == other.DayOfWeek && one.ByAppointment == other.ByAppointment
        && one.Opens < other.Closes && other.Opens < one.Closes;

    private static void Exceptions(ValidationProblems problems, IReadOnlyList<SpecialHours> exceptions) =>
        problems.Each("specialHours", exceptions, (field, hours) =>
        {
            problems.Date(field + ".on", hours.On);
            problems.Require(hours.Opens is null == hours.Closes is null, field + ".closes", hours.Closes, "given exactly where opens is");
            if (hours is { Opens: { } opens, Closes: { } closes })
            {
                Times(problems, field, opens, closes);
            }

            problems.Require(
                hours.Opens is not null || exceptions.Count(other => other?.On == hours.On) == 1,
                field + ".on", hours.On, "named once where the office is closed all day");
            problems.OptionalLine(field + ".reason", hours.Reason, 200);
        });

    private static void Times(ValidationProblems problems, string field, TimeOnly opens, TimeOnly closes)
    {
        problems.Require(IsWholeMinutes(opens), field + ".opens", opens, WholeMinutes);
        problems.Require(IsWholeMinutes(closes), field + ".closes", closes, WholeMinutes);
        problems.Require(opens < closes, field + ".closes", closes, LaterThanOpens);
    }

    private static bool IsWholeMinutes(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0;
}
