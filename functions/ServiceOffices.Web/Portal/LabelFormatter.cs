using System.Globalization;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>Formats codes, dates and numbers for the portal, independently of the cultures installed on the machine.</summary>
internal static class LabelFormatter
{
    private static readonly LocalizedString NotKnown = new("Unknown", "Uppgift saknas");

    /// <summary>Gets the label of a code; the code itself if the list does not contain it, and a text for null.</summary>
    public static LocalizedString GetLabel(CodeList codes, string? value) =>
        value is null ? NotKnown
        : codes.Codes.FirstOrDefault(code => code.Value == value) is { } code ? new LocalizedString(code.En, code.Sv)
        : new LocalizedString(value, value);

    public static LocalizedString GetName(County county) => new(county.NameEn, county.NameSv);

    public static LocalizedString GetName(Agency agency) => new(agency.NameEn, agency.NameSv);

    /// <summary>Formats a date: <c>9 December 2025</c>.</summary>
    public static LocalizedString FormatDate(DateOnly date) => EventPeriod.Create(date, DatePrecision.Day).Name;

    /// <summary>Formats a date according to its precision: a day, a month, a half-year or a year.</summary>
    /// <param name="date">The first day of the period.</param>
    /// <param name="precision">One of <see cref="Codes.Precision"/>.</param>
    public static LocalizedString FormatDate(DateOnly date, string precision) => EventPeriod.Create(date, precision).Name;

    /// <summary>Formats a date in digits, for tables: <c>2025-12-09</c>, <c>2025-12</c>, <c>2025</c>.</summary>
    public static LocalizedString FormatShortDate(DateOnly date, string precision) => precision switch
    {
        DatePrecision.Month => CreateText($"{date:yyyy-MM}", $"{date:yyyy-MM}"),
        DatePrecision.HalfYear => CreateText($"{date.Year}, {(date.Month < 7 ? "first" : "second")} half", $"{date.Year}, {(date.Month < 7 ? "första" : "andra")} halvåret"),
        DatePrecision.Year => CreateText($"{date.Year}", $"{date.Year}"),
        DatePrecision.Undated => CreateText($"undated source, read {date:yyyy-MM-dd}", $"odaterad källa, läst {date:yyyy-MM-dd}"),
        _ => CreateText($"{date:yyyy-MM-dd}", $"{date:yyyy-MM-dd}"),
    };

    /// <summary>Formats a whole number with thousands separators: <c>10,327,589</c>, in Swedish with no-break spaces.</summary>
    public static LocalizedString FormatNumber(long number)
    {
        var english = number.ToString("#,0", CultureInfo.InvariantCulture);
        return new(english, english.Replace(',', '\u00A0'));
    }

    /// <summary>Formats a number with one decimal: <c>83.4</c>, in Swedish <c>83,4</c>.</summary>
    public static LocalizedString FormatDecimal(double number)
    {
        var english = number.ToString("#,0.0", CultureInfo.InvariantCulture);
        return new(english, english.Replace(',', '\u00A0').Replace('.', ','));
    }

    public static LocalizedString FormatKilometres(double kilometres) => FormatDecimal(kilometres) is var text ? new(text.En + " km", text.Sv + "\u00A0km") : text;

    /// <summary>Formats a share as a percentage with one decimal.</summary>
    public static LocalizedString FormatPercent(double share) => FormatDecimal(share * 100) is var text ? new(text.En + "%", text.Sv + "\u00A0%") : text;

    public static LocalizedString FormatFileSize(long bytes)
    {
        var (number, unit) = bytes switch
        {
            < 1000 => (FormatNumber(bytes), "B"),
            < 1_000_000 => (FormatNumber((bytes + 500) / 1000), "kB"),
            _ => (FormatDecimal(bytes / 1_000_000.0), "MB"),
        };
        return new($"{number.En} {unit}", $"{number.Sv}\u00A0{unit}");
    }

    private static LocalizedString CreateText(FormattableString english, FormattableString swedish) =>
        new(FormattableString.Invariant(english), FormattableString.Invariant(swedish));
}
