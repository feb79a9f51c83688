using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Portal;
using Calendar = Ical.Net.Calendar;

namespace ServiceOffices.Web.Feeds;

/// <summary>
/// Openings, closings and reopenings, past and announced, as a calendar (RFC 5545, RFC 7986): one all-day event each, which
/// spans the whole period where the register knows no day. It follows from the publication alone, not from the clock.
/// </summary>
public static class CalendarFeed
{
    public const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>The path from the platform's root.</summary>
    public const string Path = "/feeds/calendar.ics";

    private const string ProductId = "-//Service Offices Open Data//Calendar 1.0//EN";

    private static readonly LocalizedString Title = new("State service offices: openings and closings", "Statliga servicekontor: öppningar och stängningar");

    // What changes where people can go, and what foretells that of an office they can go to. Proposals and plans tell the
    // day of a decision, not of an opening, so a calendar would mislead with them.
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

    /// <summary>The calendar's bytes: the same for the same publication, filter, address and language.</summary>
    /// <param name="baseUrl">Where clients reach this service, without a closing slash: links start with it.</param>
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
            entry.Location = ReplaceControlCharacters(FormatLocation(office.Office, municipalities));
            calendar.Events.Add(entry);
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    // RFC 7986, 5.3: the same whatever else of the event is edited, and the same as in the dataset's file, whose name it is there.
    private static string CreateUid(LifecycleEvent lifecycleEvent) =>
        NameBasedUuid.Create(FeedId.UuidNamespace, EntityUrl.Format("events", ("officeId", lifecycleEvent.OfficeId), ("number", lifecycleEvent.Number))).ToString();

    private static CalendarEvent CreateEntry(LifecycleEvent lifecycleEvent, PublishedOffice office, Language language)
    {
        var period = EventPeriod.FromEvent(lifecycleEvent);
        var (kind, label) = (language.Localize(ShownKinds[lifecycleEvent.Kind]), Codes.EventKind.Codes.Single(code => code.Value == lifecycleEvent.Kind));
        var precision = period.Description is { } text ? $" ({language.Localize(text)}, {language.Localize(DayNotKnown)})" : "";
        var entry = new CalendarEvent
        {
            // RFC 5545, 3.8.7.2: without a method, the time at which the information was last revised.
            DtStamp = new CalDateTime(office.ModifiedAt.UtcDateTime, "UTC"),
            Start = new CalDateTime(period.From),
            End = new CalDateTime(period.Until), // the day after, RFC 5545, 3.6.1
            Summary = ReplaceControlCharacters($"{kind}: {office.Office.Name}{precision}"),
            Description = ReplaceControlCharacters(string.Join('\n', GetDescriptionLines(lifecycleEvent, period, language))),
            Transparency = TransparencyType.Transparent, // nobody is busy because an office opens
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
        if (period.Description is { } text)
        {
            yield return language.Localize(WholePeriod).Replace("{0}", language.Localize(text), StringComparison.Ordinal);
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

    // RFC 5545, 3.1: no control character but tab may stand in a value; line breaks are written as \n.
    private static string ReplaceControlCharacters(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Select(character => char.IsControl(character) && character is not ('\t' or '\n') ? '\ufffd' : character));
}

/// <summary>The days among which an event happened: one where its date is known, else the month, half-year or year.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="Description">Null for one day; else the period's name, such as <c>June 2020</c>.</param>
internal sealed record EventPeriod(DateOnly From, DateOnly Until, LocalizedString? Description)
{
    // No culture of the machine: servers differ in which they have.
    private static readonly string[] SwedishMonths =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

    /// <summary>The period of a valid event, whose date is then the period's first day.</summary>
    public static EventPeriod FromEvent(LifecycleEvent lifecycleEvent)
    {
        var (on, year) = (lifecycleEvent.On, lifecycleEvent.On.Year.ToString(CultureInfo.InvariantCulture));
        return lifecycleEvent.Precision switch
        {
            DatePrecision.Month => new(on, on.AddMonths(1), new(
                $"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(on.Month)} {year}", $"{SwedishMonths[on.Month - 1]} {year}")),
            DatePrecision.HalfYear when on.Month < 7 => new(on, on.AddMonths(6), new($"first half of {year}", $"första halvåret {year}")),
            DatePrecision.HalfYear => new(on, on.AddMonths(6), new($"second half of {year}", $"andra halvåret {year}")),
            DatePrecision.Year => new(on, on.AddMonths(12), new(year, year)),
            _ => new(on, on.AddDays(1), null),
        };
    }
}
