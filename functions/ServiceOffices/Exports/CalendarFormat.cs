using System.IO.Pipelines;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// iCalendar (RFC 5545): an all-day event a row, for types that happen on a date (<see cref="Occasion"/>); it spans the
/// whole period where the day is not known. Unlike the calendar among the feeds it has every row of the query.
/// </summary>
public sealed class CalendarFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;
    private const string Begin = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Service Offices Open Data//Export 1.0//EN\r\n";
    private const string End = "END:VCALENDAR\r\n";

    // RFC 5545, 3.8.7.2 asks for a time of revision; the rows tell none, and the time of writing does not follow from them.
    private static readonly CalDateTime Stamp = new(new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), "UTC");

    private static readonly string[] NamesOfPlace = ["name", "nameSv"];

    public override string Name => "ics";

    public override string MediaType => "text/calendar; charset=utf-8";

    public override bool HasTitles => true;

    public override string? WhyNot(StructuredType type) =>
        type.Occasion is not { } occasion ? $"{type.Name} is nothing that happens on a date, and iCalendar is for such."
        : type.Find(occasion.Date)?.Type == PrimitiveType.Date ? null
        : $"iCalendar needs the column '{occasion.Date}', which is not selected.";

    /// <exception cref="ArgumentException">The rows have no date to happen on.</exception>
    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        if (WhyNot(rows.Table.Type) is { } reason)
        {
            throw new ArgumentException(reason, nameof(rows));
        }

        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        var serializer = new ComponentSerializer();
        var language = options.Language ?? Language.Swedish;
        var columns = FlatColumn.Of(rows.Table);
        Write(Begin);
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            var row = rows.Rows.Span[i];
            if (!rows.Table[rows.Table.Type.Occasion!.Date].IsNull(row))
            {
                Write(serializer.SerializeToString(Entry(rows.Table, columns, row, options, language))!);
            }

            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        Write(End);
        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();

        void Write(string text) => pipe.Advance(Encoding.UTF8.GetBytes(text, pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    private static CalendarEvent Entry(Table table, IReadOnlyList<FlatColumn> columns, int row, ExportOptions options, Language language)
    {
        var occasion = table.Type.Occasion!;
        var from = ((ValueColumn<DateOnly>)table[occasion.Date]).Values[row];
        var entry = new CalendarEvent
        {
            Uid = Uid(table, columns, row, options.Name),
            DtStamp = Stamp,
            Start = new CalDateTime(from),
            End = new CalDateTime(Until(from, Text(table, occasion.Precision, row))), // the day after, RFC 5545, 3.6.1
            Summary = Clean(Summary(table, occasion, row, language)),
            Description = Clean(string.Join('\n', Descriptions(table, columns, row, language))),
            Transparency = TransparencyType.Transparent,
        };
        if (options.ServiceRoot is { } root && table.Type.IsEntity)
        {
            entry.Url = new Uri(root + RdfTerms.EntityUrl(options.Name, table, row));
        }

        if (Place(table, occasion, row) is { } place && Places.Of(place.Type) is { } property && ((Column)place[property]) is ValueColumn<GeoPoint> points && points.TryGet(row, out var point))
        {
            entry.GeographicLocation = new GeographicLocation(point.Latitude, point.Longitude);
        }

        return entry;
    }

    // A name for the event that stays when it is edited (RFC 7986, 5.3): of its key where it has one, else of all that it says.
    private static string Uid(Table table, IReadOnlyList<FlatColumn> columns, int row, string set)
    {
        var name = table.Type.IsEntity
            ? RdfTerms.EntityUrl(set, table, row)
            : string.Join('\n', columns.Select(column => column.IsNull(row) ? "" : CellText.Of(column.Column, row)).Prepend(set));
        return NameUuid.Of(name).ToString();
    }

    private static DateOnly Until(DateOnly from, string? precision) => precision switch
    {
        "month" when from <= DateOnly.MaxValue.AddMonths(-1) => from.AddMonths(1),
        "halfYear" when from <= DateOnly.MaxValue.AddMonths(-6) => from.AddMonths(6),
        "year" when from <= DateOnly.MaxValue.AddYears(-1) => from.AddYears(1),
        _ => from == DateOnly.MaxValue ? from : from.AddDays(1),
    };

    private static string Summary(Table table, Occasion occasion, int row, Language language)
    {
        var what = Text(table, occasion.Kind, row) is { } code
            ? table.Type.Find(occasion.Kind)!.AllowedValues.FirstOrDefault(value => value.Value == code) is { } known ? language.Of(known.Label) : code
            : null;
        var where = Place(table, occasion, row) is { } place
            ? NamesOfPlace.Select(name => Text(place, name, row)).FirstOrDefault(name => name is not null)
            : null;
        return string.Join(": ", new[] { what, where ?? Text(table, occasion.PlaceId, row) }.OfType<string>());
    }

    /// <summary>What else the row says, a line a column.</summary>
    private static IEnumerable<string> Descriptions(Table table, IReadOnlyList<FlatColumn> columns, int row, Language language)
    {
        var occasion = table.Type.Occasion!;
        string[] told = [occasion.Date, occasion.Kind, .. table.Type.Key.Select(part => part.Name)];
        return columns.Where(column => !told.Contains(column.Name) && !column.IsNull(row))
            .Select(column => $"{column.Title(language)}: {CellText.Of(column.Column, row)}");
    }

    /// <summary>The place's columns, in which it has the row's number; null where it is not expanded or not there.</summary>
    private static Table? Place(Table table, Occasion occasion, int row) =>
        table.Type.Find(occasion.Place) is { IsNavigation: false } property && table[property] is ComplexColumn place && !place.IsNull(row) ? place.Fields : null;

    private static string? Text(Table table, string property, int row) =>
        table.Type.Find(property) is { IsNavigation: false } found && table[found] is ValueColumn<string> column && column.TryGet(row, out var text) ? text : null;

    // RFC 5545, 3.1: no control character but tab may stand in a value; line breaks are written as \n.
    private static string Clean(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Select(character => char.IsControl(character) && character is not ('\t' or '\n') ? '\ufffd' : character));
}
