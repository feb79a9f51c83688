using System.Text.Json;
using ServiceOffices.Register;

namespace ServiceOffices.Editing;

/// <summary>Reads an entity from a JSON object of the shape that the OData service answers with.</summary>
internal static class JsonForm
{
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
                    Give(column, value);
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
                    Give(part, value);
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
                problems.Add(new Problem(name, Shown(value), form.OneOfTheColumns));
            }
        }

        void Give(FormColumn column, JsonElement value)
        {
            if (!given.TryAdd(column.Name, Value(column, value)))
            {
                problems.Add(new Problem(column.Name, Shown(value), "given once, by its path or within its object"));
            }
        }
    }

    private static object? Value(FormColumn column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        // A list that came as a text stays in quotes, so that it is seen to be none.
        JsonValueKind.String when !column.IsList => value.GetString(),
        // Not its text, which a column of texts would take.
        JsonValueKind.Object or JsonValueKind.Array when !column.IsList => value.Clone(),
        _ => value.GetRawText(),
    };

    private static string? Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
