using System.Globalization;
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
/// the whole period if the day is not known. It contains every row of the query that has a date.
/// </summary>
/// <param name="identity">The names under which a service publishes its calendars; null for those of this engine.</param>
public sealed class CalendarFormat(CalendarIdentity? identity = null) : ExportFormat
{
    private const int FlushBytes = 64 * 1024;
    private const int MaxLineOctets = 75;
    private const string CalendarHeader = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
    private const string CalendarFooter = "END:VCALENDAR\r\n";

    private static readonly CalendarIdentity EngineIdentity = new("-//ODataEngine//Export 1.0//EN", "odata-engine");

    private static readonly string[] LocationNameProperties = ["name", "nameSv"];

    private static readonly LocalizedString Yes = new("yes", "ja");
    private static readonly LocalizedString No = new("no", "nej");

    private readonly CalendarIdentity identity = identity ?? EngineIdentity;

    public override string Name => "ics";

    public override string MediaType => "text/calendar; charset=utf-8";

    public override bool HasTitles => true;

    public override int Version => 2;

    public override IEnumerable<string> GetRelatedSets(StructuredType type) => type.EventProperties?.LocationSet is { } set ? [set] : [];

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
        WriteString(Fold($"PRODID:{identity.ProductId}\r\n"));
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

    private CalendarEvent CreateEvent(Table table, IReadOnlyList<FlatColumn> columns, int row, ExportOptions options, Language language)
    {
        var eventProperties = table.Type.EventProperties!;
        var period = EventPeriod.Create(((ValueColumn<DateOnly>)table[eventProperties.Date]).Values[row], FindString(table, eventProperties.Precision, row));
        var revisedAt = new CalDateTime(GetRevisionTime(table, row, options).UtcDateTime, "UTC");
        var calendarEvent = new CalendarEvent
        {
            Uid = CreateUid(table, columns, row, options.Name),
            DtStamp = revisedAt, // RFC 5545, 3.8.7.2: without a method, the time at which the information was last revised
            LastModified = revisedAt, // RFC 5545, 3.8.7.3
            Start = new CalDateTime(period.From),
            End = new CalDateTime(period.Until), // the day after, RFC 5545, 3.6.1
            Summary = ReplaceControlCharacters(FormatSummary(table, row, period, options, language)),
            Description = ReplaceControlCharacters(string.Join('\n', FormatDescriptions(table, columns, row, language))),
            Transparency = TransparencyType.Transparent,
        };
        if (options.ServiceRoot is { } serviceRoot && table.Type.IsEntity)
        {
            calendarEvent.Url = new Uri(serviceRoot + EntityUrl.Format(options.Name, table, row));
        }

        if (FindLocationValue<GeoPoint>(table, row, options, location => GeographyColumns.FindProperty(location)) is { } point)
        {
            calendarEvent.GeographicLocation = new GeographicLocation(point.Latitude, point.Longitude);
        }

        return calendarEvent;
    }

    // RFC 7986, 5.3: an identifier that edits do not change, derived from the key, or from all values if the type has no key.
    private string CreateUid(Table table, IReadOnlyList<FlatColumn> columns, int row, string setName)
    {
        var values = table.Type.IsEntity
            ? EntityUrl.Format(setName, table, row)
            : string.Join('\n', columns.Select(column => column.IsNull(row) ? "" : CellFormatter.Format(column.Column, row)).Prepend(setName));
        return NameBasedUuid.Create(identity.UidNamespace, values).ToString();
    }

    // Not the time of writing, so that the same revision has the same bytes. Rows without a revision have no time of their own.
    private static DateTimeOffset GetRevisionTime(Table table, int row, ExportOptions options) =>
        FindLocationValue<DateTimeOffset>(table, row, options, location => table.Type.EventProperties!.Modified is { } name ? location.Find(name) : null)
        ?? options.Tables?.LastModified ?? DateTimeOffset.UnixEpoch;

    private static string FormatSummary(Table table, int row, EventPeriod period, ExportOptions options, Language language)
    {
        var eventProperties = table.Type.EventProperties!;
        var code = FindString(table, eventProperties.Kind, row);
        var location = FindLocations(table, row, options).SelectMany(found => LocationNameProperties.Select(name => FindString(found.Table, name, found.Row)))
            .FirstOrDefault(name => name is not null) ?? FindString(table, eventProperties.LocationId, row);
        if (code is not null && location is not null && eventProperties.Sentences.TryGetValue(code, out var sentence))
        {
            return string.Format(CultureInfo.InvariantCulture, language.Localize(sentence), location, language.Localize(period.Adverbial));
        }

        var kind = code is null ? null : FormatCode(table.Type.Find(eventProperties.Kind)!, code, language) ?? code;
        return string.Join(": ", new[] { kind, location }.OfType<string>());
    }

    /// <summary>Formats the remaining values, one line per column. Codes have labels; the events' location has its own property, and objects and their lists are not for people.</summary>
    private static IEnumerable<string> FormatDescriptions(Table table, IReadOnlyList<FlatColumn> columns, int row, Language language)
    {
        var eventProperties = table.Type.EventProperties!;
        string?[] excluded = [eventProperties.Date, eventProperties.Precision, eventProperties.Kind, eventProperties.LocationId, eventProperties.LocationName, .. table.Type.Key.Select(part => part.Name)];
        return columns.Where(column => !excluded.Contains(column.Name) && !column.IsNull(row))
            .Select(column => (column, Value: FormatValue(column.Column, row, language)))
            .Where(cell => cell.Value is not null)
            .Select(cell => $"{cell.column.GetTitle(language)}: {cell.Value}");
    }

    /// <summary>Formats a value as text for people; null if it has none.</summary>
    private static string? FormatValue(Column column, int row, Language language) => column switch
    {
        ValueColumn<string> c => FormatCode(column.Property, c.Values[row], language) ?? c.Values[row],
        ValueColumn<bool> c => language.Localize(c.Values[row] ? Yes : No),
        ValueColumn<DateOnly> c => language.Localize(EventPeriod.Create(c.Values[row], null).Name),
        ValueColumn<GeoPoint> or ValueColumn<Geometry> => null,
        CollectionColumn c when c.GetCount(row) == 0 || c.Elements.Type.Find(CollectionColumn.ItemName) is null => null,
        CollectionColumn c => string.Join(", ", Enumerable.Range(c.Starts[row], c.GetCount(row)).Select(item => FormatItem(c, item, language))),
        _ => CellFormatter.Format(column, row),
    };

    private static string FormatItem(CollectionColumn column, int item, Language language)
    {
        var items = column.Elements[CollectionColumn.ItemName];
        return items is ValueColumn<string> strings && strings.TryGet(item, out var code) && FormatCode(column.Property, code, language) is { } label ? label
            : items.IsNull(item) ? ""
            : CellFormatter.Format(items, item);
    }

    private static string? FormatCode(Property property, string code, Language language) =>
        property.AllowedValues.FirstOrDefault(value => value.Value == code) is { } known ? language.Localize(known.Label) : null;

    private static T? FindLocationValue<T>(Table table, int row, ExportOptions options, Func<StructuredType, Property?> findProperty)
        where T : struct
    {
        foreach (var location in FindLocations(table, row, options))
        {
            if (findProperty(location.Table.Type) is { } property && (Column)location.Table[property] is ValueColumn<T> column && column.TryGet(location.Row, out var value))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Finds the event's location: the expanded entity, which may lack properties, and the entity with the id of the location in the same revision.</summary>
    private static IEnumerable<(Table Table, int Row)> FindLocations(Table table, int row, ExportOptions options)
    {
        var eventProperties = table.Type.EventProperties!;
        if (table.Type.Find(eventProperties.Location) is { IsNavigation: false } property && table[property] is ComplexColumn expanded && !expanded.IsNull(row))
        {
            yield return (expanded.Fields, row);
        }

        if (eventProperties.LocationSet is { } set && options.Tables?[set] is { } locations
            && FindString(table, eventProperties.LocationId, row) is { } id && locations.FindRow(id) is >= 0 and var found)
        {
            yield return (locations, found);
        }
    }

    private static string? FindString(Table table, string property, int row) =>
        table.Type.Find(property) is { IsNavigation: false } found && table[found] is ValueColumn<string> column && column.TryGet(row, out var value) ? value : null;
}

/// <summary>The names under which a service publishes its calendars.</summary>
/// <param name="ProductId">The PRODID (RFC 5545, 3.7.3).</param>
/// <param name="UidNamespace">The namespace of the UUIDs that are the UIDs (RFC 7986, 5.3). It must not change, because programs recognize events by their UIDs.</param>
public sealed record CalendarIdentity(string ProductId, string UidNamespace);
