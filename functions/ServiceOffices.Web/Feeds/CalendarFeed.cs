using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Portal;
using Calendar = Ical.Net.Calendar;

namespace ServiceOffices.Web.Feeds;

/// <summary>
/// Writes past and announced openings, closings and reopenings as a calendar (RFC 5545, RFC 7986), one all-day event each. An event
/// spans the whole period if the register has no exact date. The content depends on the publication only, not on the clock.
/// </summary>
public static class CalendarFeed
{
    public const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>The path of the calendar below the root.</summary>
    public const string Path = "/feeds/calendar.ics";

    private const string ProductId = "-//Service Offices Open Data//Calendar 1.0//EN";

    private static readonly LocalizedString Title = new("State service offices: openings and closings", "Statliga servicekontor: öppningar och stängningar");

    // Openings and closings, and their announcements for existing offices. Proposals and plans have the date of a decision, not of
    // an opening, so they would be misleading in a calendar.
    private static readonly Dictionary<string, LocalizedString> ShownKinds = new(StringComparer.Ordinal)
    {
        [EventKind.Opened] = new("Opens", "Öppnar"),
        [EventKind.TemporarilyClosed] = new("Closes temporarily", "Stänger tillfälligt"),
        [EventKind.ClosingAnnounced] = new("Closing announced", "Stängning aviserad"),
        [EventKind.Closed] = new("Closes", "Stänger"),
        [EventKind.ReopeningAnnounced] = new("Reopening announced", "Återöppning aviserad"),
        [EventKind.Reopened] = new("Reopens", "Öppnar igen"),
    };

    private static readonly LocalizedString DayNotKnown = new("day unknown", "okänd dag");

    private static readonly LocalizedString WholePeriod = new(
        "The sources state the date only as {0}. The entry covers the whole period.", "Källorna anger bara {0} som datum. Posten omfattar hela perioden.");

    private static readonly LocalizedString OnlyAnnounced = new(
        "The date is that of the announcement, not of the opening or closing itself.", "Datumet gäller beskedet, inte själva öppningen eller stängningen.");

    private static readonly LocalizedString SourceLabel = new("Source", "Källa");

    /// <summary>Writes the calendar. The bytes depend only on the publication, the filter, the base URL and the language.</summary>
    /// <param name="baseUrl">The URL of this service as clients use it, without a trailing slash.</param>
    public static byte[] Write(Publication publication, FeedFilter filter, string baseUrl, Language language)
    {
        var title = filter.FormatTitle(Title, publication, language);
        var calendar = new Calendar { ProductId = ProductId };
        calendar.AddProperty("NAME", title); // RFC 7986, 5.1
        calendar.AddProperty("X-WR-CALNAME", title);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");

        var offices = publication.Register.Offices
            .Where(office => filter.Matches(office.CountyCode, office.Agencies))
            .ToDictionary(office => office.Office.Id, StringComparer.Ordinal);
        var shownEvents = publication.Register.Events
            .Where(lifecycleEvent => ShownKinds.ContainsKey(lifecycleEvent.Kind) && offices.ContainsKey(lifecycleEvent.OfficeId))
            .OrderBy(lifecycleEvent => lifecycleEvent.On).ThenBy(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal).ThenBy(lifecycleEvent => lifecycleEvent.Number);
        var municipalities = publication.Register.Municipalities.ToDictionary(municipality => municipality.Municipality.Code, municipality => municipality.Municipality.Name, StringComparer.Ordinal);
        foreach (var lifecycleEvent in shownEvents)
        {
            var office = offices[lifecycleEvent.OfficeId];
            var entry = CreateEntry(lifecycleEvent, office, language);
            entry.Uid = CreateUid(lifecycleEvent);
            entry.Url = new Uri(baseUrl + new PageUrl(PageKind.Office, language, lifecycleEvent.OfficeId));
            entry.Location = CalendarFormat.ReplaceControlCharacters(FormatLocation(office.Office, municipalities));
            calendar.Events.Add(entry);
        }

        return Encoding.UTF8.GetBytes(CalendarFormat.Fold(new CalendarSerializer().SerializeToString(calendar)!));
    }

    // RFC 7986, 5.3: an identifier that edits of the event do not change, equal to that of the dataset's iCalendar file.
    private static string CreateUid(LifecycleEvent lifecycleEvent) =>
        NameBasedUuid.Create(FeedId.UuidNamespace, EntityUrl.Format("events", ("officeId", lifecycleEvent.OfficeId), ("number", lifecycleEvent.Number))).ToString();

    private static CalendarEvent CreateEntry(LifecycleEvent lifecycleEvent, PublishedOffice office, Language language)
    {
        var period = EventPeriod.FromEvent(lifecycleEvent);
        var (kind, label) = (language.Localize(ShownKinds[lifecycleEvent.Kind]), Codes.EventKind.Codes.Single(code => code.Value == lifecycleEvent.Kind));
        var precision = period.Description is { } description ? $" ({language.Localize(description)}, {language.Localize(DayNotKnown)})" : "";
        var entry = new CalendarEvent
        {
            // RFC 5545, 3.8.7.2: without a method, the time at which the information was last revised.
            DtStamp = new CalDateTime(office.ModifiedAt.UtcDateTime, "UTC"),
            LastModified = new CalDateTime(office.ModifiedAt.UtcDateTime, "UTC"), // RFC 5545, 3.8.7.3
            Start = new CalDateTime(period.From),
            End = new CalDateTime(period.Until), // the day after, RFC 5545, 3.6.1
            Summary = CalendarFormat.ReplaceControlCharacters($"{kind}: {office.Office.Name}{precision}"),
            Description = CalendarFormat.ReplaceControlCharacters(string.Join('\n', GetDescriptionLines(lifecycleEvent, period, language))),
            Transparency = TransparencyType.Transparent, // an opening does not make anyone busy
            Categories = [language.Localize(new LocalizedString(label.En, label.Sv))],
        };
        entry.Properties["SUMMARY"]?.Parameters.Set("LANGUAGE", language.Tag);
        if (office.Office is { Latitude: { } latitude, Longitude: { } longitude })
        {
            entry.GeographicLocation = new GeographicLocation(latitude, longitude);
        }

        return entry;
    }

    private static IEnumerable<string> GetDescriptionLines(LifecycleEvent lifecycleEvent, EventPeriod period, Language language)
    {
        if (period.Description is { } description)
        {
            yield return language.Localize(WholePeriod).Replace("{0}", language.Localize(description), StringComparison.Ordinal);
        }

        if (lifecycleEvent.Kind is EventKind.ClosingAnnounced or EventKind.ReopeningAnnounced)
        {
            yield return language.Localize(OnlyAnnounced);
        }

        if (lifecycleEvent.Note is { } note)
        {
            yield return note;
        }

        if (lifecycleEvent.Source is { } source)
        {
            yield return $"{language.Localize(SourceLabel)}: {source}";
        }
    }

    private static string FormatLocation(Office office, Dictionary<string, string> municipalities)
    {
        var municipality = office.MunicipalityCode is { } code ? municipalities.GetValueOrDefault(code) : null;
        string?[] parts = [office.Address?.Street, office.Address?.City ?? office.Locality, municipality];
        return string.Join(", ", parts.Where(part => part is not null).Distinct(StringComparer.Ordinal));
    }
}

/// <summary>The period of an event: one day if its date is exact, else a month, half-year or year.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last day.</param>
/// <param name="Description">The period's name, such as <c>June 2020</c>; null for one day.</param>
internal sealed record EventPeriod(DateOnly From, DateOnly Until, LocalizedString? Description)
{
    // Not from a culture: servers differ in the cultures that they have installed.
    private static readonly string[] SwedishMonths =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

    /// <summary>Creates the period of a valid event, whose date is the first day of the period.</summary>
    public static EventPeriod FromEvent(LifecycleEvent lifecycleEvent)
    {
        var (date, year) = (lifecycleEvent.On, lifecycleEvent.On.Year.ToString(CultureInfo.InvariantCulture));
        return lifecycleEvent.Precision switch
        {
            DatePrecision.Month => new(date, date.AddMonths(1), new(
                $"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month)} {year}", $"{SwedishMonths[date.Month - 1]} {year}")),
            DatePrecision.HalfYear when date.Month < 7 => new(date, date.AddMonths(6), new($"first half of {year}", $"första halvåret {year}")),
            DatePrecision.HalfYear => new(date, date.AddMonths(6), new($"second half of {year}", $"andra halvåret {year}")),
            DatePrecision.Year => new(date, date.AddMonths(12), new(year, year)),
            _ => new(date, date.AddDays(1), null),
        };
    }
}
