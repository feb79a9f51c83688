using System.Text.Json;

namespace ServiceOffices.Editing;

/// <summary>Reads a JSON document: an array as a download holds it, of offices or of events, or an object with both.</summary>
internal static class JsonImport
{
    private const string Shape = "a JSON array of offices or of events, or an object {\"offices\": […], \"events\": […]}";

    public static ImportDocument Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var json = JsonDocument.Parse(WithoutMark(content), JsonForm.Strict);
            return Read(json.RootElement);
        }
        catch (JsonException e)
        {
            return ImportDocument.Broken(new ImportProblem(
                null, null, null, JsonForm.Where(e),
                $"{Shape} in UTF-8, whole and each member named once"));
        }
    }

    // RFC 8259, 8.1: a reader may ignore a byte order mark.
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;

    private static ImportDocument Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            var isEvents = root.GetArrayLength() > 0 && root[0].ValueKind == JsonValueKind.Object && root[0].TryGetProperty("officeId", out _);
            return isEvents
                ? new ImportDocument(null, Rows(Form.Events, root), [])
                : new ImportDocument(Rows(Form.Offices, root), null, []);
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
            : new ImportDocument(
                root.TryGetProperty("offices", out var offices) ? Rows(Form.Offices, offices) : null,
                root.TryGetProperty("events", out var events) ? Rows(Form.Events, events) : null,
                []);
    }

    private static ImportRows Rows(Form form, JsonElement array)
    {
        FormRow[] rows = [.. array.EnumerateArray().Select((item, index) => JsonForm.Read(form, item, index + 1, allowComputed: true))];
        return new ImportRows(rows.SelectMany(row => row.Given.Keys).ToHashSet(StringComparer.Ordinal), rows);
    }
}
