using System.Globalization;
using System.Text.Json;
using ServiceOffices.Register;

namespace ServiceOffices.Editing;

/// <summary>Reads an entity from a JSON object of the shape that the OData service answers with.</summary>
internal static class JsonForm
{
    /// <summary>Strict: comments, trailing commas and members that come twice are no JSON that everybody reads alike.</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private const int LongestShown = 200;

    /// <param name="number">The row's number in messages.</param>
    /// <param name="allowComputed">Whether computed columns may stand there, as in a download; nobody takes their values over.</param>
    public static FormRow Read(Form form, JsonElement json, int number, bool allowComputed)
    {
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem(form.Set, Shown(json), "JSON objects, one for each of them"));
            return new FormRow(number, given, problems);
        }

        foreach (var member in json.EnumerateObject())
        {
            Add(member.Name, member.Value);
        }

        return new FormRow(number, given, problems);

        void Add(string name, JsonElement value)
        {
            var parts = form.Columns.Where(column => column.Name.StartsWith(name + "/", StringComparison.Ordinal)).ToArray();
            if (form.Find(name) is { } column)
            {
                if (!column.IsComputed || allowComputed)
                {
                    given[name] = Value(column, value);
                }
                else
                {
                    problems.Add(new Problem(name, Shown(value), "left out: it is computed when the register is published"));
                }
            }
            else if (parts.Length > 0 && value.ValueKind == JsonValueKind.Null)
            {
                // RFC 7396, 1: null takes the whole member away.
                foreach (var part in parts)
                {
                    given[part.Name] = null;
                }
            }
            else if (parts.Length > 0 && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in value.EnumerateObject())
                {
                    Add(name + "/" + member.Name, member.Value);
                }
            }
            else if (parts.Length > 0)
            {
                problems.Add(new Problem(name, Shown(value), "an object or null"));
            }
            else
            {
                problems.Add(Unknown(form, name, Shown(value)));
            }
        }
    }

    /// <summary>What a reader stumbled over; only a place is told of, for the message may repeat content.</summary>
    public static string Where(JsonException error) => error.LineNumber is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"an error in line {line + 1}, byte {error.BytePositionInLine + 1}")
        : "a member that is named twice";

    /// <summary>The problem of a column that there is not.</summary>
    public static Problem Unknown(Form form, string name, string? value) =>
        new(name, value, "one of the columns " + string.Join(", ", form.Columns.Select(column => column.Name)));

    private static object? Value(FormColumn column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        // A list that came as a text stays in quotes, so that it is seen to be none.
        JsonValueKind.String when !column.IsList => value.GetString(),
        _ => value.GetRawText(),
    };

    private static string? Shown(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
        return text is { Length: > LongestShown } ? string.Create(CultureInfo.InvariantCulture, $"{text[..LongestShown]}…") : text;
    }
}
