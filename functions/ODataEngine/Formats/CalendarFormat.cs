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
/// iCalendar (RFC 5545): an all-day event a row, for types that happen on a date (<see cref="EventProperties"/>); it spans the
/// whole period where the day is not known. Unlike the calendar among the feeds it has every row of the query.
/// </summary>
public sealed class CalendarFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;
    private const string CalendarHeader = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Service Offices Open Data//Export 1.0//EN\r\n";
    private const string UidNamespace = "service-offices";
    private const string CalendarFooter = "END:VCALENDAR\r\n";

    // RFC 5545, 3.8.7.2 asks for a time of revision; the rows tell none, and the time of writing does not follow from them.
    private static readonly CalDateTime FixedTimestamp = new(new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), "UTC");

    private static readonly string[] PlaceNameProperties = ["name", "nameSv"];

    public override string Name => "ics";

    public override string MediaType => "text/calendar; charset=utf-8";

    public override bool HasTitles => true;

    public override string? GetUnsupportedReason(StructuredType type) =>
        type.EventProperties is not { } occasion ? $"{type.Name} is nothing that happens on a date, and iCalendar is for such."
        : type.Find(occasion.Date)?.Type == PrimitiveType.Date ? null
        : $"iCalendar needs the column '{occasion.Date}', which is not selected.";

    /// <exception cref="ArgumentException">The rows have no date to happen on.</exception>
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
                WriteString(serializer.SerializeToString(CreateEvent(rows.Table, columns, row, options, language))!);
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

    private static CalendarEvent CreateEvent(Table table, IReadOnlyList<FlatColumn> columns, int row, ExportOptions options, Language language)
    {
        var occasion = table.Type.EventProperties!;
        var startDate = ((ValueColumn<DateOnly>)table[occasion.Date]).Values[row];
        var calendarEvent = new CalendarEvent
        {
            Uid = CreateUid(table, columns, row, options.Name),
            DtStamp = FixedTimestamp,
            Start = new CalDateTime(startDate),
            End = new CalDateTime(GetEndDate(startDate, FindString(table, occasion.Precision, row))), // the day after, RFC 5545, 3.6.1
            Summary = ReplaceControlCharacters(FormatSummary(table, occasion, row, language)),
            Description = ReplaceControlCharacters(string.Join('\n', FormatDescriptions(table, columns, row, language))),
            Transparency = TransparencyType.Transparent,
        };
        if (options.ServiceRoot is { } serviceRoot && table.Type.IsEntity)
        {
            calendarEvent.Url = new Uri(serviceRoot + EntityUrl.Format(options.Name, table, row));
        }

        if (FindPlace(table, occasion, row) is { } place && GeographyColumns.FindProperty(place.Type) is { } property && ((Column)place[property]) is ValueColumn<GeoPoint> points && points.TryGet(row, out var point))
        {
            calendarEvent.GeographicLocation = new GeographicLocation(point.Latitude, point.Longitude);
        }

        return calendarEvent;
    }

    // A name for the event that stays when it is edited (RFC 7986, 5.3): of its key where it has one, else of all that it says.
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

    private static string FormatSummary(Table table, EventProperties occasion, int row, Language language)
    {
        var kind = FindString(table, occasion.Kind, row) is { } code
            ? table.Type.Find(occasion.Kind)!.AllowedValues.FirstOrDefault(value => value.Value == code) is { } knownValue ? language.Localize(knownValue.Label) : code
            : null;
        var placeName = FindPlace(table, occasion, row) is { } place
            ? PlaceNameProperties.Select(name => FindString(place, name, row)).FirstOrDefault(name => name is not null)
            : null;
        return string.Join(": ", new[] { kind, placeName ?? FindString(table, occasion.LocationId, row) }.OfType<string>());
    }

    /// <summary>What else the row says, a line a column.</summary>
    private static IEnumerable<string> FormatDescriptions(Table table, IReadOnlyList<FlatColumn> columns, int row, Language language)
    {
        var occasion = table.Type.EventProperties!;
        string[] excluded = [occasion.Date, occasion.Kind, .. table.Type.Key.Select(part => part.Name)];
        return columns.Where(column => !excluded.Contains(column.Name) && !column.IsNull(row))
            .Select(column => $"{column.GetTitle(language)}: {CellFormatter.Format(column.Column, row)}");
    }

    /// <summary>The place's columns, in which it has the row's number; null where it is not expanded or not there.</summary>
    private static Table? FindPlace(Table table, EventProperties occasion, int row) =>
        table.Type.Find(occasion.Location) is { IsNavigation: false } property && table[property] is ComplexColumn place && !place.IsNull(row) ? place.Fields : null;

    private static string? FindString(Table table, string property, int row) =>
        table.Type.Find(property) is { IsNavigation: false } found && table[found] is ValueColumn<string> column && column.TryGet(row, out var value) ? value : null;

    // RFC 5545, 3.1: no control character but tab may stand in a value; line breaks are written as \n.
    private static string ReplaceControlCharacters(string value) =>
        string.Concat(value.ReplaceLineEndings("\n").Select(character => char.IsControl(character) && character is not ('\t' or '\n') ? '\ufffd' : character));
}
