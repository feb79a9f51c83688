using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Portal;

/// <summary>Formats the values of changed properties for people. Changes store strings, dates and times unchanged and other values as JSON.</summary>
internal sealed class ChangedValueFormatter(ReferenceData reference, Language language)
{
    private static readonly LocalizedString Yes = new("yes", "ja");
    private static readonly LocalizedString No = new("no", "nej");
    private static readonly LocalizedString ByAppointment = new("by appointment", "tidsbokning");
    private static readonly LocalizedString ClosedAllDay = new("closed", "stängt");

    /// <summary>Formats the value of a property of an office; null if it is null or empty.</summary>
    public string? Format(string property, string? value)
    {
        if (string.IsNullOrEmpty(value) || value == "[]")
        {
            return null;
        }

        try
        {
            return property switch
            {
                "municipalityCode" => reference.Municipalities.FirstOrDefault(municipality => municipality.Code == value)?.OfficialName ?? value,
                "countyCode" => reference.Counties.FirstOrDefault(county => county.Code == value) is { } county ? Localize(LabelFormatter.GetName(county)) : value,
                "openingHours" => FormatOpeningHours(Parse(value)),
                "specialHours" => Join("; ", Parse(value).EnumerateArray().Select(FormatSpecialHours)),
                "services" => Join("; ", Parse(value).EnumerateArray().Select(FormatService)),
                "address" => FormatAddress(Parse(value)),
                "location" => FormatPoint(Parse(value)),
                _ => FormatByType(OfficeSchema.Definition.Type.Find(property), value),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Written by another version, whose value has another form.
            return value;
        }
    }

    /// <summary>Converts the first letter to lower case, for a label within a sentence.</summary>
    public static string LowerFirst(string label) => label.Length == 0 ? label : char.ToLowerInvariant(label[0]) + label[1..];

    private string FormatByType(Property? property, string value)
    {
        if (property?.AllowedValues.FirstOrDefault(code => code.Value == value) is { } known)
        {
            return LowerFirst(Localize(known.Label));
        }

        return property switch
        {
            null => value,
            { Type: CollectionType } => Join(", ", Parse(value).EnumerateArray().Select(item => FormatText(item))),
            _ when property.Type == PrimitiveType.Boolean => Localize(value == "true" ? Yes : No),
            _ when property.Type == PrimitiveType.Date => FormatDate(value),
            _ when property.Type == PrimitiveType.Double => FormatDecimal(value),
            _ => value,
        };
    }

    /// <summary>Formats the hours of a week, with days that have the same hours as a range: <c>Monday–Thursday 10:00–16:00, Friday 10:00–15:00</c>.</summary>
    private string FormatOpeningHours(JsonElement hours)
    {
        var days = hours.EnumerateArray().GroupBy(item => item.GetProperty("dayOfWeek").GetString()!, FormatHours, StringComparer.Ordinal)
            .Select(day => (Index: Codes.DayOfWeek.IndexOf(day.Key), Label: GetLabel(Codes.DayOfWeek, day.Key), Hours: string.Join(" + ", day)))
            .OrderBy(day => day.Index);
        var ranges = new List<(string First, string Last, int LastIndex, string Hours)>();
        foreach (var (index, label, text) in days)
        {
            if (ranges is [.., var range] && range.LastIndex == index - 1 && range.Hours == text)
            {
                ranges[^1] = range with { Last = label, LastIndex = index };
            }
            else
            {
                ranges.Add((label, label, index, text));
            }
        }

        return Join(", ", ranges.Select(range => range.First == range.Last ? $"{range.First} {range.Hours}" : $"{range.First}–{range.Last} {range.Hours}"));

        string FormatHours(JsonElement item)
        {
            var text = $"{FormatTime(item.GetProperty("opens"))}–{FormatTime(item.GetProperty("closes"))}";
            return item.TryGetProperty("byAppointment", out var appointment) && appointment.ValueKind == JsonValueKind.True ? $"{text} ({Localize(ByAppointment)})" : text;
        }
    }

    private string FormatSpecialHours(JsonElement item)
    {
        var hours = item.GetProperty("opens").ValueKind == JsonValueKind.Null
            ? Localize(ClosedAllDay) : $"{FormatTime(item.GetProperty("opens"))}–{FormatTime(item.GetProperty("closes"))}";
        var reason = item.TryGetProperty("reason", out var text) && text.ValueKind == JsonValueKind.String ? $" ({text.GetString()})" : "";
        return $"{FormatDate(item.GetProperty("on").GetString()!)} {hours}{reason}";
    }

    private string FormatService(JsonElement item)
    {
        var agency = item.GetProperty("agency").GetString()!;
        var name = reference.Agencies.FirstOrDefault(known => known.Id == agency) is { } found ? Localize(LabelFormatter.GetName(found)) : Localize(LabelFormatter.GetLabel(Codes.Agency, agency));
        var levels = Join(", ", item.GetProperty("levels").EnumerateArray().Select(level => LowerFirst(Localize(LabelFormatter.GetLabel(Codes.Level, level.GetString())))));
        return levels == "" ? name : $"{name} ({levels})";
    }

    private string GetLabel(CodeList codes, string value) => Localize(LabelFormatter.GetLabel(codes, value)) is var label && language == Language.Swedish ? LowerFirst(label) : label;

    // RFC 7946, 3.1.1: longitude before latitude.
    private string FormatPoint(JsonElement point) =>
        Join("; ", point.GetProperty("coordinates").EnumerateArray().Take(2).Reverse().Select(number => FormatDecimal(number.GetRawText())));

    private static string FormatAddress(JsonElement address)
    {
        var town = Join(" ", [GetText(address, "postalCode"), GetText(address, "city")]);
        return Join(", ", [GetText(address, "street"), town]);
    }

    private static string GetText(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? FormatText(value) : "";

    private static string FormatText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static string FormatTime(JsonElement time) => time.GetString() is { Length: >= 5 } text ? text[..5] : FormatText(time);

    private string FormatDate(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", out var date) ? Localize(LabelFormatter.FormatDate(date)) : value;

    private string FormatDecimal(string number) => language == Language.Swedish ? number.Replace('.', ',') : number;

    private string Localize(LocalizedString text) => language.Localize(text);

    private static string Join(string separator, IEnumerable<string> parts) => string.Join(separator, parts.Where(part => part != ""));

    private static JsonElement Parse(string value)
    {
        using var document = JsonDocument.Parse(value);
        return document.RootElement.Clone();
    }
}
