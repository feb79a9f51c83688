using System.Text.Json;

namespace ServiceOffices.Editing;

/// <summary>Reads a JSON document: an array as a download holds it, of offices or of events, or an object with both.</summary>
internal static class JsonImport
{
    private const string Shape = "a JSON array of offices or of events, or an object {\"offices\": […], \"events\": […]}";

    public static ImportDocument Read(ReadOnlyMemory<byte> content)
    {
        using var json = JsonContent.Parse(content, out var problem);
        return json is null
            ? ImportDocument.Broken(new ImportProblem(null, null, null, problem, $"{Shape} in UTF-8, whole and each member named once"))
            : Read(json.RootElement);
    }

    private static ImportDocument Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            var isEvents = root.GetArrayLength() > 0 && root[0].ValueKind == JsonValueKind.Object && root[0].TryGetProperty("officeId", out _);
            return isEvents ? Document(null, root) : Document(root, null);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return ImportDocument.Broken(new ImportProblem(null, null, null, root.ValueKind.ToString(), Shape));
        }

        var problems = root.EnumerateObject()
            .Where(member => member.Name is not ("offices" or "events") || member.Value.ValueKind != JsonValueKind.Array)
            .Select(member => new ImportProblem(null, null, member.Name, member.Value.ValueKind.ToString(), Shape))
            .ToArray();
        return problems.Length > 0 || !root.EnumerateObject().Any()
            ? ImportDocument.Broken(problems.Length > 0 ? problems : [new ImportProblem(null, null, null, "{}", Shape)])
            : Document(
                root.TryGetProperty("offices", out var offices) ? offices : null,
                root.TryGetProperty("events", out var events) ? events : null);
    }

    private static ImportDocument Document(JsonElement? offices, JsonElement? events)
    {
        ImportProblem[] problems = [.. TooMany(Form.Offices, offices), .. TooMany(Form.Events, events)];
        return problems.Length > 0
            ? ImportDocument.Broken(problems)
            : new ImportDocument(Rows(Form.Offices, offices), Rows(Form.Events, events), []);
    }

    private static ImportProblem[] TooMany(Form form, JsonElement? array) =>
        array?.GetArrayLength() > ImportRows.Most ? [ImportRows.TooMany(form)] : [];

    private static ImportRows? Rows(Form form, JsonElement? array)
    {
        if (array is not { } items)
        {
            return null;
        }

        FormRow[] rows = [.. items.EnumerateArray().Select((item, index) => JsonForm.Read(form, item, index + 1, allowComputed: true))];
        return new ImportRows(rows.SelectMany(row => row.Given.Keys).ToHashSet(StringComparer.Ordinal), rows);
    }
}
