using System.Text.Json;
using ServiceOffices.Editing.Forms;

namespace ServiceOffices.Editing.Imports;

/// <summary>Reads a JSON document: an array of offices or of events, as in a download, or an object with both.</summary>
internal static class JsonImportReader
{
    private const string ExpectedShape = "a JSON array of offices or of events, or an object {\"offices\": […], \"events\": […]}";

    public static ImportDocument Read(ReadOnlyMemory<byte> content)
    {
        if (!StrictJson.Parse(content).TryGetValue(out var json, out var problem))
        {
            return ImportDocument.Invalid(new ImportProblem(null, null, null, problem, $"{ExpectedShape} in UTF-8, complete and without duplicate members"));
        }

        using (json)
        {
            return Read(json.RootElement);
        }
    }

    private static ImportDocument Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            var isEvents = root.GetArrayLength() > 0 && root[0].ValueKind == JsonValueKind.Object && root[0].TryGetProperty("officeId", out _);
            return isEvents ? CreateDocument(null, root) : CreateDocument(root, null);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return ImportDocument.Invalid(new ImportProblem(null, null, null, root.ValueKind.ToString(), ExpectedShape));
        }

        var problems = root.EnumerateObject()
            .Where(member => member.Name is not ("offices" or "events") || member.Value.ValueKind != JsonValueKind.Array)
            .Select(member => new ImportProblem(null, null, member.Name, member.Value.ValueKind.ToString(), ExpectedShape))
            .ToArray();
        return problems.Length > 0 || !root.EnumerateObject().Any()
            ? ImportDocument.Invalid(problems.Length > 0 ? problems : [new ImportProblem(null, null, null, "{}", ExpectedShape)])
            : CreateDocument(
                root.TryGetProperty("offices", out var offices) ? offices : null,
                root.TryGetProperty("events", out var events) ? events : null);
    }

    private static ImportDocument CreateDocument(JsonElement? offices, JsonElement? events)
    {
        ImportProblem[] problems = [.. FindRowLimitProblems(EditForm.Offices, offices), .. FindRowLimitProblems(EditForm.Events, events)];
        return problems.Length > 0
            ? ImportDocument.Invalid(problems)
            : new ImportDocument(ReadRows(EditForm.Offices, offices), ReadRows(EditForm.Events, events), []);
    }

    private static ImportProblem[] FindRowLimitProblems(EditForm form, JsonElement? array) =>
        array?.GetArrayLength() > ImportRows.MaxRows ? [ImportRows.CreateTooManyRowsProblem(form)] : [];

    private static ImportRows? ReadRows(EditForm form, JsonElement? array)
    {
        if (array is not { } items)
        {
            return null;
        }

        EditRow[] rows = [.. items.EnumerateArray().Select((item, index) => JsonRowParser.Parse(form, item, index + 1, allowComputed: true))];
        return new ImportRows(rows.SelectMany(row => row.Values.Keys).ToHashSet(StringComparer.Ordinal), rows);
    }
}
