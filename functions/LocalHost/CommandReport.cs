using System.Text.Json.Nodes;
using Spectre.Console;

namespace ServiceOffices.LocalHost;

/// <summary>What the answers of the API look like on a terminal.</summary>
internal sealed class CommandReport(IAnsiConsole console)
{
    private const int MostRows = 200;

    /// <summary>What a document would do, its problems and its questions.</summary>
    public void Write(JsonObject report)
    {
        if (report["offices"] is JsonObject offices)
        {
            console.WriteLine($"Offices: {offices["added"]} added, {offices["changed"]} changed, {offices["removed"]} removed, {offices["unchanged"]} as they are.");
        }

        if (report["needsConfirmation"]?.GetValue<bool>() == true)
        {
            console.WriteLine("More offices go than may go unasked: an import needs --confirm.");
        }

        WriteDifferences(report["differences"] as JsonArray ?? []);
        WriteProblems("Problems", report["problems"] as JsonArray ?? [], report["problemCount"]);
        WriteProblems("Questions", report["questions"] as JsonArray ?? [], report["questionCount"]);
    }

    private void WriteDifferences(JsonArray differences)
    {
        if (differences.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns("office", "", "column", "before", "after");
        foreach (var difference in differences.Take(MostRows).OfType<JsonObject>())
        {
            var (id, kind) = (Text(difference["officeId"]), Text(difference["kind"]));
            foreach (var property in difference["properties"]!.AsArray())
            {
                Row(table, id, kind, Text(property!["property"]), Text(property["oldValue"]), Text(property["newValue"]));
            }

            foreach (var happened in difference["events"]!.AsArray())
            {
                Row(table, id, kind, $"event {happened!["number"]}", happened["before"]?.ToJsonString() ?? "", happened["after"]?.ToJsonString() ?? "");
            }
        }

        console.Write(table);
        Rest(differences.Count, "offices");
    }

    /// <param name="all">How many there are, of which the platform lists the first.</param>
    private void WriteProblems(string title, JsonArray problems, JsonNode? all)
    {
        if (problems.Count == 0)
        {
            return;
        }

        var count = all?.GetValue<int>() ?? problems.Count;
        console.WriteLine($"{title}: {count}");
        foreach (var problem in problems.Take(MostRows))
        {
            console.WriteLine("  " + Text(problem!["message"]));
        }

        Rest(count, title.ToLowerInvariant());
    }

    private void Rest(int count, string what)
    {
        if (count > MostRows)
        {
            console.WriteLine($"  … and {count - MostRows} more {what}.");
        }
    }

    // As text, never as markup: a name may hold brackets.
    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string Text(JsonNode? node) => node is null ? "" : node.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
}
