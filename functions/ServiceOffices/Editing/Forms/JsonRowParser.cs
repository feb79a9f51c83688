using System.Text.Json;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;

namespace ServiceOffices.Editing.Forms;

/// <summary>Parses an entity from a JSON object of the same shape as in OData responses.</summary>
public static class JsonRowParser
{
    /// <param name="number">Row number for messages.</param>
    /// <param name="allowComputed">True if computed columns are allowed, as in a download; their values are ignored.</param>
    public static EditRow Parse(EditForm form, JsonElement json, int number, bool allowComputed)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var problems = new List<ValidationProblem>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new ValidationProblem(form.EntitySetName, FormatValue(json), "JSON objects, one for each row"));
            return new EditRow(number, values, problems);
        }

        foreach (var member in json.EnumerateObject())
        {
            AddMember(member.Name, member.Value);
        }

        return new EditRow(number, values, problems);

        void AddMember(string name, JsonElement value)
        {
            var parts = form.Columns.Where(column => column.Name.StartsWith(name + "/", StringComparison.Ordinal)).ToArray();
            if (form.Find(name) is { } column)
            {
                if (!column.IsComputed || allowComputed)
                {
                    AddValue(column, value);
                }
                else
                {
                    problems.Add(new ValidationProblem(name, FormatValue(value), "omitted: it is computed when the register is published"));
                }
            }
            else if (parts.Length > 0 && value.ValueKind == JsonValueKind.Null)
            {
                // RFC 7396, 1: null removes the whole member.
                foreach (var part in parts)
                {
                    AddValue(part, value);
                }
            }
            else if (parts.Length > 0 && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in value.EnumerateObject())
                {
                    AddMember(name + "/" + member.Name, member.Value);
                }
            }
            else if (parts.Length > 0)
            {
                problems.Add(new ValidationProblem(name, FormatValue(value), "an object or null"));
            }
            else
            {
                problems.Add(new ValidationProblem(name, FormatValue(value), form.AllowedColumns));
            }
        }

        void AddValue(EntityColumn column, JsonElement value)
        {
            if (!values.TryAdd(column.Name, ToValue(column, value)))
            {
                problems.Add(new ValidationProblem(column.Name, FormatValue(value) ?? "null", "set once, by its path or within its object"));
            }
        }
    }

    private static object? ToValue(EntityColumn column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        // A string in place of a list keeps its quotes, so that it is recognized as invalid.
        JsonValueKind.String when !column.IsList => value.GetString(),
        // Not its JSON text, which a string column would accept.
        JsonValueKind.Object or JsonValueKind.Array when !column.IsList => value.Clone(),
        _ => value.GetRawText(),
    };

    private static string? FormatValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
