using System.IO.Pipelines;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using ODataEngine.Formats.Geo;
using ODataEngine.Model;

namespace ODataEngine.Formats;

/// <summary>
/// iCalendar (RFC 5545): one all-day event per row, for types that describe events (<see cref="EventProperties"/>). The event spans
/// the whole period if the day is not known. Unlike the calendar feed, it contains every row of the query that has a date.
/// </summary>
public sealed class CalendarFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;
    private const int MaxLineOctets = 75;
    private const string CalendarHeader = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Service Offices Open Data//Export 1.0//EN\r\n";
    private const string UidNamespace = "service-offices";
    private const string CalendarFooter = "END:VCALENDAR\r\n";

    // RFC 5545, 3.8.7.2 requires a time of revision. The rows have none, and the time of writing would make the file irreproducible.
    private static readonly CalDateTime FixedTimestamp = new(new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), "UTC");

    private static readonly string[] LocationNameProperties = ["name", "nameSv"];

    public override string Name => "ics";

    public override string MediaType => "text/calendar; charset=utf-8";

    public override bool HasTitles => true;

    public override string? GetUnsupportedReason(StructuredType type) =>
        type.EventProperties is not { } eventProperties ? $"{type.Name} has no event date; iCalendar requires one."
        : type.Find(eventProperties.Date)?.Type == PrimitiveType.Date ? null
        : $"iCalendar requires the column '{eventProperties.Date}', which is not selected.";

    /// <exception cref="ArgumentException">The rows have no event date.</exception>
    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        if (GetUnsupportedReason(rows.Table.Type) is { } reason)
        {
            throw new ArgumentException(reason, nameof(rows));
        }

        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        var serializer = new ComponentSerializer();
        var language = options.Language ?? Language.Swedish;
        var columns = FlatColumn.FromTable(rows.Table);
        WriteString(CalendarHeader);
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            var row = rows.Rows.Span[i];
            if (!rows.Table[rows.Table.Type.EventProperties!.Date].IsNull(row))
            {
                WriteString(Fold(serializer.SerializeToString(CreateEvent(rows.Table, columns, row, options, language))!));
            }

            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        WriteString(CalendarFooter);
        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();

        void WriteString(string value) => pipe.Advance(Encoding.UTF8.GetBytes(value, pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
    }

    /// <summary>Replaces control characters that a property value cannot contain by U+FFFD (RFC 5545, 3.1): all except tab and line breaks.</summary>
    public static string ReplaceControlCharacters(string value) =>
        string.Concat(value.ReplaceLineEndings("\n").Select(character => char.IsControl(character) && character is not ('\t' or '\n') ? '\ufffd' : character));

    /// <summary>Refolds the lines of serialized components to at most 75 octets of UTF-8, and never within a character (RFC 5545, 3.1).</summary>
    public static string Fold(string components)
    {
        // Ical.Net folds between UTF-16 code units, which splits characters outside the Basic Multilingual Plane.
        var unfolded = components.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n\t", "", StringComparison.Ordinal);
        var folded = new StringBuilder(components.Length);
        foreach (var line in unfolded.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            var octets = 0;
            for (var rest = line; !rest.IsEmpty;)
            {
                Rune.DecodeFromUtf16(rest, out var rune, out var length);
                if (octets + rune.Utf8SequenceLength > MaxLineOctets)
                {
                    folded.Append("\r\n ");
                    octets = 1;
                }

                folded.Append(rest[..length]);
                octets += rune.Utf8SequenceLength;
                rest = rest[length..];
            }

            folded.Append("\r\n");
        }

        return folded.ToString();
    }

    private static CalendarEvent CreateEvent(Table table, IReadOnlyList<FlatColumn> columns, int row, ExportOptions options, Language language)
    {
        var eventProperties = table.Type.EventProperties!;
        var startDate = ((ValueColumn<DateOnly>)table[eventProperties.Date]).Values[row];
        var calendarEvent = new CalendarEvent
        {
            Uid = CreateUid(table, columns, row, options.Name),
            DtStamp = FixedTimestamp,
            Start = new CalDateTime(startDate),
            End = new CalDateTime(GetEndDate(startDate, FindString(table, eventProperties.Precision, row))), // the day after, RFC 5545, 3.6.1
            Summary = ReplaceControlCharacters(FormatSummary(table, eventProperties, row, language)),
            Description = ReplaceControlCharacters(string.Join('\n', FormatDescriptions(table, columns, row, language))),
            Transparency = TransparencyType.Transparent,
        };
        if (options.ServiceRoot is { } serviceRoot && table.Type.IsEntity)
        {
            calendarEvent.Url = new Uri(serviceRoot + EntityUrl.Format(options.Name, table, row));
        }

        if (FindLocation(table, eventProperties, row) is { } location && GeographyColumns.FindProperty(location.Type) is { } property && ((Column)location[property]) is ValueColumn<GeoPoint> points && points.TryGet(row, out var point))
        {
            calendarEvent.GeographicLocation = new GeographicLocation(point.Latitude, point.Longitude);
        }

        return calendarEvent;
    }

    // RFC 7986, 5.3: an identifier that edits do not change, derived from the key, or from all values if the type has no key.
    private static string CreateUid(Table table, IReadOnlyList<FlatColumn> columns, int row, string setName)
    {
        var identity = table.Type.IsEntity
            ? EntityUrl.Format(setName, table, row)
            : string.Join('\n', columns.Select(column => column.IsNull(row) ? "" : CellFormatter.Format(column.Column, row)).Prepend(setName));
        return NameBasedUuid.Create(UidNamespace, identity).ToString();
    }

    private static DateOnly GetEndDate(DateOnly startDate, string? precision) => precision switch
    {
        "month" when startDate <= DateOnly.MaxValue.AddMonths(-1) => startDate.AddMonths(1),
        "halfYear" when startDate <= DateOnly.MaxValue.AddMonths(-6) => startDate.AddMonths(6),
        "year" when startDate <= DateOnly.MaxValue.AddYears(-1) => startDate.AddYears(1),
        _ => startDate == DateOnly.MaxValue ? startDate : startDate.AddDays(1),
    };

    private static string FormatSummary(Table table, EventProperties eventProperties, int row, Language language)
    {
        var kind = FindString(table, eventProperties.Kind, row) is { } code
            ? table.Type.Find(eventProperties.Kind)!.AllowedValues.FirstOrDefault(value => value.Value == code) is { } knownValue ? language.Localize(knownValue.Label) : code
            : null;
        var locationName = FindLocation(table, eventProperties, row) is { } location
            ? LocationNameProperties.Select(name => FindString(location, name, row)).FirstOrDefault(name => name is not null)
            : null;
        return string.Join(": ", new[] { kind, locationName ?? FindString(table, eventProperties.LocationId, row) }.OfType<string>());
    }

    /// <summary>Formats the row's remaining values, one line per column.</summary>
    private static IEnumerable<string> FormatDescriptions(Table table, IReadOnlyList<FlatColumn> columns, int row, Language language)
    {
        var eventProperties = table.Type.EventProperties!;
        string[] excluded = [eventProperties.Date, eventProperties.Kind, .. table.Type.Key.Select(part => part.Name)];
        return columns.Where(column => !excluded.Contains(column.Name) && !column.IsNull(row))
            .Select(column => $"{column.GetTitle(language)}: {CellFormatter.Format(column.Column, row)}");
    }

    /// <summary>Gets the columns of the event's location, with the same row numbers; null if it is not expanded or is null.</summary>
    private static Table? FindLocation(Table table, EventProperties eventProperties, int row) =>
        table.Type.Find(eventProperties.Location) is { IsNavigation: false } property && table[property] is ComplexColumn location && !location.IsNull(row) ? location.Fields : null;

    private static string? FindString(Table table, string property, int row) =>
        table.Type.Find(property) is { IsNavigation: false } found && table[found] is ValueColumn<string> column && column.TryGet(row, out var value) ? value : null;
}
