using System.Globalization;
using System.Text.Json;
using System.Xml;
using ODataEngine.Model;

namespace ServiceOffices.Testing.Oracle;

/// <summary>Compares the JSON of a response with its expected values (OData JSON Format 4.01, 7.1).</summary>
internal static class OracleComparison
{
    /// <summary>Gets the path and description of the first difference; null where there is none.</summary>
    public static string? FindDifference(object? expected, JsonElement actual, string path = "$")
    {
        switch (expected)
        {
            case OracleOptions.Members members:
                return OfObjects(members, actual, path);
            case IReadOnlyList<object?> items:
                return OfArrays(items, actual, path);
            default:
                return IsValue(expected, actual) ? null : $"{path}: expected {expected ?? "null"}, got {actual.GetRawText()}";
        }
    }

    private static string? OfObjects(OracleOptions.Members members, JsonElement actual, string path)
    {
        if (actual.ValueKind != JsonValueKind.Object)
        {
            return $"{path}: expected an object, got {actual.GetRawText()}";
        }

        // The order of members is not significant.
        var expectedNames = members.Select(member => member.Name).Order(StringComparer.Ordinal);
        var actualNames = actual.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);
        return expectedNames.SequenceEqual(actualNames)
            ? members.Select(member => FindDifference(member.Value, actual.GetProperty(member.Name), $"{path}/{member.Name}")).FirstOrDefault(difference => difference is not null)
            : $"{path}: expected {string.Join(',', expectedNames)}, got {string.Join(',', actualNames)}";
    }

    private static string? OfArrays(IReadOnlyList<object?> items, JsonElement actual, string path)
    {
        if (actual.ValueKind != JsonValueKind.Array || actual.GetArrayLength() != items.Count)
        {
            return $"{path}: expected {items.Count} items, got {actual.GetRawText()}";
        }

        return items.Select((item, i) => FindDifference(item, actual[i], string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"))).FirstOrDefault(difference => difference is not null);
    }

    private static bool IsValue(object? expected, JsonElement actual) => expected switch
    {
        null => actual.ValueKind == JsonValueKind.Null,
        bool flag => actual.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False),
        OracleState state => Is(actual, state.ToString()),
        string text => actual.ValueKind == JsonValueKind.String && actual.GetString() == text,
        double number when !double.IsFinite(number) => Is(actual, double.IsNaN(number) ? "NaN" : number > 0 ? "INF" : "-INF"),
        float number when !float.IsFinite(number) => Is(actual, float.IsNaN(number) ? "NaN" : number > 0 ? "INF" : "-INF"),
        double number => actual.ValueKind == JsonValueKind.Number && actual.GetDouble() == number,
        float number => actual.ValueKind == JsonValueKind.Number && actual.GetSingle() == number,
        decimal number => actual.ValueKind == JsonValueKind.Number && actual.GetDecimal() == number,
        long or int or short or byte or sbyte => actual.ValueKind == JsonValueKind.Number && actual.GetInt64() == Convert.ToInt64(expected, CultureInfo.InvariantCulture),
        DateOnly on => Is(actual, on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        TimeOnly time => actual.ValueKind == JsonValueKind.String && TimeOnly.Parse(actual.GetString()!, CultureInfo.InvariantCulture) == time,
        DateTimeOffset at => actual.ValueKind == JsonValueKind.String && actual.GetString()!.EndsWith('Z') && XmlConvert.ToDateTimeOffset(actual.GetString()!) == at,
        TimeSpan duration => actual.ValueKind == JsonValueKind.String && XmlConvert.ToTimeSpan(actual.GetString()!) == duration,
        Guid token => Is(actual, token.ToString()),
        GeoPoint point => actual.GetRawText() == string.Create(CultureInfo.InvariantCulture, $$"""{"type":"Point","coordinates":[{{point.Longitude}},{{point.Latitude}}]}"""),
        _ => throw new NotSupportedException(expected.GetType().Name),
    };

    private static bool Is(JsonElement actual, string text) => actual.ValueKind == JsonValueKind.String && actual.GetString() == text;
}
