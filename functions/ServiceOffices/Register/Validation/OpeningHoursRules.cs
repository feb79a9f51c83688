using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Validation;

/// <summary>The rules for an office's ordinary week and its dated exceptions.</summary>
internal static class OpeningHoursRules
{
    private const string LaterThanOpens = "later than opens";
    private const string WholeMinutes = "a time in whole minutes";

    public static void CheckWeek(FieldValidator validator, string field, IReadOnlyList<OpeningHours> week)
    {
        validator.CheckItems(field, week, (item, hours) =>
        {
            validator.CheckCode(item + ".dayOfWeek", hours.DayOfWeek, Codes.DayOfWeek);
            CheckTimes(validator, item, hours.Opens, hours.Closes);
            validator.Require(
                !week.TakeWhile(earlier => !ReferenceEquals(earlier, hours)).Any(earlier => earlier is not null && Overlaps(earlier, hours)),
                item, $"{hours.DayOfWeek} {hours.Opens:HH\\:mm}-{hours.Closes:HH\\:mm}", "free of overlap with other opening hours of the same kind on that day");
        });
    }

    /// <summary>Determines whether two openings overlap; visits with and without an appointment can take place at the same time.</summary>
    private static bool Overlaps(OpeningHours one, OpeningHours other) =>
        one.DayOfWeek == other.DayOfWeek && one.ByAppointment == other.ByAppointment
        && one.Opens < other.Closes && other.Opens < one.Closes;

    public static void CheckSpecialHours(FieldValidator validator, string field, IReadOnlyList<SpecialHours> specialHours) =>
        validator.CheckItems(field, specialHours, (item, hours) =>
        {
            validator.CheckDate(item + ".on", hours.On);
            validator.Require(hours.Opens is null == hours.Closes is null, item + ".closes", hours.Closes, "set together with opens");
            if (hours is { Opens: { } opens, Closes: { } closes })
            {
                CheckTimes(validator, field, opens, closes);
            }

            validator.Require(
                hours.Opens is not null || specialHours.Count(other => other?.On == hours.On) == 1,
                item + ".on", hours.On, "unique for a day on which the office is closed all day");
            validator.CheckOptionalSingleLine(item + ".reason", hours.Reason, 200);
        });

    private static void CheckTimes(FieldValidator validator, string field, TimeOnly opens, TimeOnly closes)
    {
        validator.Require(IsWholeMinutes(opens), field + ".opens", opens, WholeMinutes);
        validator.Require(IsWholeMinutes(closes), field + ".closes", closes, WholeMinutes);
        validator.Require(opens < closes, field + ".closes", closes, LaterThanOpens);
    }

    private static bool IsWholeMinutes(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0;
}
