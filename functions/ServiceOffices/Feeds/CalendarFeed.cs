using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using ServiceOffices.Portal;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

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

    private static readonly Text Title = new("State service offices: openings and closings", "Statliga servicekontor: öppningar och stängningar");

    // What changes where people can go, and what foretells that of an office they can go to. Proposals and plans tell the
    // day of a decision, not of an opening, so a calendar would mislead with them.
    private static readonly Dictionary<string, Text> Kinds = new(StringComparer.Ordinal)
    {
        ["opened"] = new("Opens", "Öppnar"),
        ["temporarilyClosed"] = new("Closes temporarily", "Stänger tillfälligt"),
        ["closingAnnounced"] = new("Closing announced", "Stängning aviserad"),
        ["closed"] = new("Closes", "Stänger"),
        ["reopeningAnnounced"] = new("Reopening announced", "Återöppning aviserad"),
        ["reopened"] = new("Reopens", "Öppnar igen"),
    };

    private static readonly Text DayNotKnown = new("day not known", "dag okänd");

    private static readonly Text WholePeriod = new(
        "The sources tell no day, only {0}: the entry spans all of it.", "Källorna anger ingen dag, bara {0}: posten omfattar hela tiden.");

    private static readonly Text OnlyAnnounced = new(
        "The day of the announcement, not of what it announces.", "Dagen för beskedet, inte för det som beskedet gäller.");

    private static readonly Text Source = new("Source", "Källa");

    /// <summary>The calendar's bytes: the same for the same publication, filter, address and language.</summary>
    /// <param name="address">Where clients reach this service, without a closing slash: links start with it.</param>
    public static byte[] Write(Publication publication, FeedFilter filter, string address, Language language)
    {
        var title = filter.Titled(Title, publication, language);
        var calendar = new Calendar { ProductId = ProductId };
        calendar.AddProperty("NAME", title); // RFC 7986, 5.1
        calendar.AddProperty("X-WR-CALNAME", title);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");

        var offices = publication.Register.Offices
            .Where(office => filter.Fits(office.CountyCode, office.Agencies))
            .ToDictionary(office => office.Office.Id, StringComparer.Ordinal);
        var shown = publication.Register.Events
            .Where(happened => Kinds.ContainsKey(happened.Kind) && offices.ContainsKey(happened.OfficeId))
            .OrderBy(happened => happened.On).ThenBy(happened => happened.OfficeId, StringComparer.Ordinal).ThenBy(happened => happened.Number);
        var municipalities = publication.Register.Municipalities.ToDictionary(found => found.Municipality.Code, found => found.Municipality.Name, StringComparer.Ordinal);
        foreach (var happened in shown)
        {
            var office = offices[happened.OfficeId];
            var entry = Entry(happened, office, language);
            entry.Uid = Uid(happened);
            entry.Url = new Uri(address + new PageAddress(PageKind.Office, language, happened.OfficeId));
            entry.Location = Clean(Location(office.Office, municipalities));
            calendar.Events.Add(entry);
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    // RFC 7986, 5.3: the same whatever else of the event is edited, and the same as in the dataset's file, whose name it is there.
    private static string Uid(LifecycleEvent happened)
    {
        var officeId = Uri.EscapeDataString(happened.OfficeId.Replace("'", "''", StringComparison.Ordinal));
        return NameUuid.Of(FormattableString.Invariant($"events(officeId='{officeId}',number={happened.Number})")).ToString();
    }

    private static CalendarEvent Entry(LifecycleEvent happened, PublishedOffice office, Language language)
    {
        var period = EventPeriod.Of(happened);
        var (kind, label) = (language.Of(Kinds[happened.Kind]), Codes.EventKind.Codes.Single(code => code.Value == happened.Kind));
        var precision = period.Text is { } text ? $" ({language.Of(text)}, {language.Of(DayNotKnown)})" : "";
        var entry = new CalendarEvent
        {
            // RFC 5545, 3.8.7.2: without a method, the time at which the information was last revised.
            DtStamp = new CalDateTime(office.ModifiedAt.UtcDateTime, "UTC"),
            Start = new CalDateTime(period.From),
            End = new CalDateTime(period.Until), // the day after, RFC 5545, 3.6.1
            Summary = Clean($"{kind}: {office.Office.Name}{precision}"),
            Description = Clean(string.Join('\n', Description(happened, period, language))),
            Transparency = TransparencyType.Transparent, // nobody is busy because an office opens
            Categories = [language.Of(new Text(label.En, label.Sv))],
        };
        entry.Properties["SUMMARY"]?.Parameters.Set("LANGUAGE", language.Tag);
        if (office.Office is { Latitude: { } latitude, Longitude: { } longitude })
        {
            entry.GeographicLocation = new GeographicLocation(latitude, longitude);
        }

        return entry;
    }

    private static IEnumerable<string> Description(LifecycleEvent happened, EventPeriod period, Language language)
    {
        if (period.Text is { } text)
        {
            yield return language.Of(WholePeriod).Replace("{0}", language.Of(text), StringComparison.Ordinal);
        }

        if (happened.Kind is "closingAnnounced" or "reopeningAnnounced")
        {
            yield return language.Of(OnlyAnnounced);
        }

        if (happened.Note is { } note)
        {
            yield return note;
        }

        if (happened.Source is { } source)
        {
            yield return $"{language.Of(Source)}: {source}";
        }
    }

    private static string Location(Office office, Dictionary<string, string> municipalities)
    {
        var municipality = office.MunicipalityCode is { } code ? municipalities.GetValueOrDefault(code) : null;
        string?[] parts = [office.Address?.Street, office.Address?.City ?? office.Locality, municipality];
        return string.Join(", ", parts.Where(part => part is not null).Distinct(StringComparer.Ordinal));
    }

    // RFC 5545, 3.1: no control character but tab may stand in a value; line breaks are written as \n.
    private static string Clean(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Select(character => char.IsControl(character) && character is not ('\t' or '\n') ? '\ufffd' : character));
}
