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
using ServiceOffices.Schema;
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
    private static readonly HashSet<string> ShownKinds = new(StringComparer.Ordinal)
    {
        EventKind.Opened, EventKind.TemporarilyClosed, EventKind.ClosingAnnounced, EventKind.Closed, EventKind.ReopeningAnnounced, EventKind.Reopened,
    };

    private static readonly LocalizedString WholePeriod = new(
        "The sources state the date only as {0}. The entry covers the whole period.", "Källorna anger bara {0} som datum. Posten omfattar hela perioden.");

    // Notes are in English.
    private static readonly LocalizedString EnglishNote = new("{0}", "Anmärkning på engelska: {0}");
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
            .Where(lifecycleEvent => ShownKinds.Contains(lifecycleEvent.Kind) && offices.ContainsKey(lifecycleEvent.OfficeId))
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
        NameBasedUuid.Create(EventSchema.CalendarIdentity.UidNamespace, EntityUrl.Format("events", ("officeId", lifecycleEvent.OfficeId), ("number", lifecycleEvent.Number))).ToString();

    private static CalendarEvent CreateEntry(LifecycleEvent lifecycleEvent, PublishedOffice office, Language language)
    {
        var period = EventPeriod.Create(lifecycleEvent.On, lifecycleEvent.Precision);
        var entry = new CalendarEvent
        {
            // RFC 5545, 3.8.7.2: without a method, the time at which the information was last revised.
            DtStamp = new CalDateTime(office.ModifiedAt.UtcDateTime, "UTC"),
            LastModified = new CalDateTime(office.ModifiedAt.UtcDateTime, "UTC"), // RFC 5545, 3.8.7.3
            Start = new CalDateTime(period.From),
            End = new CalDateTime(period.Until), // the day after, RFC 5545, 3.6.1
            Summary = CalendarFormat.ReplaceControlCharacters(
                EventSentences.Format(lifecycleEvent.Kind, lifecycleEvent.On, lifecycleEvent.Precision, office.Office.Name, language)),
            Description = CalendarFormat.ReplaceControlCharacters(string.Join('\n', GetDescriptionLines(lifecycleEvent, period, language))),
            Transparency = TransparencyType.Transparent, // an opening does not make anyone busy
            Categories = [language.Localize(LabelFormatter.GetLabel(Codes.EventKind, lifecycleEvent.Kind))],
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
        if (!period.IsDay)
        {
            yield return language.Localize(WholePeriod).Replace("{0}", language.Localize(period.Name), StringComparison.Ordinal);
        }

        if (lifecycleEvent.Kind is EventKind.ClosingAnnounced or EventKind.ReopeningAnnounced)
        {
            yield return language.Localize(OnlyAnnounced);
        }

        if (lifecycleEvent.Note is { } note)
        {
            yield return language.Localize(EnglishNote).Replace("{0}", note, StringComparison.Ordinal);
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
