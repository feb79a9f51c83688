using System.Text.Json.Nodes;
using Spectre.Console;

namespace ServiceOffices.LocalHost.Commands;

/// <summary>Writes the API's responses to a terminal.</summary>
internal sealed class CommandReport(IAnsiConsole console)
{
    private const int MaxRows = 200;

    /// <summary>Writes the changes, problems and questions of a document.</summary>
    public void Write(JsonObject report)
    {
        if (report["offices"] is JsonObject offices)
        {
            console.WriteLine($"Offices: {offices["added"]} added, {offices["changed"]} changed, {offices["removed"]} removed, {offices["unchanged"]} unchanged.");
        }

        if (report["needsConfirmation"]?.GetValue<bool>() == true)
        {
            console.WriteLine($"The import would remove {report["offices"]?["removed"]} offices, more than is allowed without confirmation. Repeat with --confirm to allow it.");
        }

        WriteDifferences(report["differences"] as JsonArray ?? []);
        WriteProblemGroups(report["problemGroups"] as JsonArray ?? [], report["problemCount"]?.GetValue<int>() ?? 0);
        WriteProblems("Problems", report["problems"] as JsonArray ?? [], report["problemCount"]);
        WriteProblems("Questions", report["questions"] as JsonArray ?? [], report["questionCount"]);
    }

    /// <summary>Writes the number of problems by column if a summary is shorter than the list.</summary>
    private void WriteProblemGroups(JsonArray groups, int problems)
    {
        if (groups.Count * 2 > problems)
        {
            return;
        }

        foreach (var group in groups)
        {
            console.WriteLine($"{group!["count"]} problems in {FormatNode(group["set"])}, column {FormatNode(group["column"])}: must be {FormatNode(group["allowed"])}. Row {group["row"]}: '{FormatNode(group["example"])}'.");
        }
    }

    private void WriteDifferences(JsonArray differences)
    {
        if (differences.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns("office", "", "column", "before", "after");
        foreach (var difference in differences.Take(MaxRows).OfType<JsonObject>())
        {
            var (id, kind) = (FormatNode(difference["officeId"]), FormatNode(difference["kind"]));
            foreach (var property in difference["properties"]!.AsArray())
            {
                AddRow(table, id, kind, FormatNode(property!["property"]), FormatNode(property["oldValue"]), FormatNode(property["newValue"]));
            }

            foreach (var lifecycleEvent in difference["events"]!.AsArray())
            {
                AddRow(table, id, kind, $"event {lifecycleEvent!["number"]}", lifecycleEvent["before"]?.ToJsonString() ?? "", lifecycleEvent["after"]?.ToJsonString() ?? "");
            }
        }

        console.Write(table);
        WriteRemainder(differences.Count, "offices");
    }

    /// <param name="totalCount">The number of all problems, of which the platform lists the first.</param>
    private void WriteProblems(string title, JsonArray problems, JsonNode? totalCount)
    {
        if (problems.Count == 0)
        {
            return;
        }

        var count = totalCount?.GetValue<int>() ?? problems.Count;
        console.WriteLine($"{title}: {count}");
        foreach (var problem in problems.Take(MaxRows))
        {
            console.WriteLine("  " + FormatNode(problem!["message"]));
        }

        WriteRemainder(count, title.ToLowerInvariant());
    }

    private void WriteRemainder(int count, string itemName)
    {
        if (count > MaxRows)
        {
            console.WriteLine($"  … and {count - MaxRows} more {itemName}.");
        }
    }

    // Text, not markup, because a name may contain brackets.
    private static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string FormatNode(JsonNode? node) => node is null ? "" : node.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
}
