using System.Globalization;
using ODataEngine.Model;

namespace ODataEngine.Formats;

/// <summary>The period of an event: one day if its date is exact, else a month, a half-year or a year.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last day.</param>
/// <param name="Name">The name of the period, such as <c>9 December 2025</c> or <c>June 2020</c>.</param>
/// <param name="Adverbial">The name as the end of a sentence about the event, such as <c>on 9 December 2025</c> or <c>in June 2020</c>.</param>
/// <param name="IsDay">True if the day is known.</param>
public sealed record EventPeriod(DateOnly From, DateOnly Until, LocalizedString Name, LocalizedString Adverbial, bool IsDay)
{
    private const int MonthsOfHalfYear = 6;
    private const int MonthsOfYear = 12;

    // Not from a culture: servers differ in the cultures that they have installed.
    private static readonly string[] SwedishMonths =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

    /// <summary>Creates the period of a date.</summary>
    /// <param name="date">The day, or the first day of the period.</param>
    /// <param name="precision">The length of the period: <c>month</c>, <c>halfYear</c> or <c>year</c>; <c>undated</c> if the source has no date and the date is the day on which it was read; any other value is one day.</param>
    public static EventPeriod Create(DateOnly date, string? precision)
    {
        var year = date.Year.ToString(CultureInfo.InvariantCulture);
        var month = new LocalizedString($"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month)} {year}", $"{SwedishMonths[date.Month - 1]} {year}");
        switch (precision)
        {
            case "month":
                return new(date, AddMonths(date, 1), month, new($"in {month.En}", $"i {month.Sv}"), false);
            case "halfYear":
                var half = date.Month <= MonthsOfHalfYear ? new LocalizedString($"first half of {year}", $"första halvåret {year}") : new($"second half of {year}", $"andra halvåret {year}");
                return new(date, AddMonths(date, MonthsOfHalfYear), half, new($"in the {half.En}", $"under {half.Sv}"), false);
            case "year":
                return new(date, AddMonths(date, MonthsOfYear), new(year, year), new($"in {year}", $"under {year}"), false);
            case "undated":
                var read = Create(date, precision: null);
                return read with
                {
                    Name = new($"undated source, read {read.Name.En}", $"odaterad källa, läst {read.Name.Sv}"),
                    Adverbial = new($"according to an undated source read {read.Adverbial.En}", $"enligt en odaterad källa som lästes {read.Adverbial.Sv}"),
                };
            default:
                var day = date.Day.ToString(CultureInfo.InvariantCulture);
                var name = new LocalizedString($"{day} {month.En}", $"{day} {month.Sv}");
                return new(date, date == DateOnly.MaxValue ? date : date.AddDays(1), name, new($"on {name.En}", name.Sv), true);
        }
    }

    private static DateOnly AddMonths(DateOnly date, int months) => date <= DateOnly.MaxValue.AddMonths(-months) ? date.AddMonths(months) : DateOnly.MaxValue;
}
