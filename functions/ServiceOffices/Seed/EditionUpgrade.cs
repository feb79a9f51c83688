using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceOffices.Register.Model;
using ServiceOffices.Schema;

namespace ServiceOffices.Seed;

/// <summary>
/// Creates an import document that brings a register which started with the previous edition of the initial data to the current
/// edition, by a three-way comparison: a value changes only if the register still has the value of the previous edition.
/// </summary>
public static class EditionUpgrade
{
    /// <param name="register">The register in the form of an export: the arrays <c>offices</c> and <c>events</c>.</param>
    public static EditionUpgradeResult Create(JsonObject register) => new Merge(register).Run();

    private sealed class Merge(JsonObject register)
    {
        private readonly JsonArray offices = [];
        private readonly JsonArray events = [];
        private readonly List<string> kept = [];

        private readonly Dictionary<string, JsonObject> currentOffices =
            register["offices"]!.AsArray().ToDictionary(office => office!["id"]!.GetValue<string>(), office => office!.AsObject(), StringComparer.Ordinal);

        private readonly ILookup<string, JsonObject> currentEvents =
            register["events"]!.AsArray().Select(lifecycleEvent => lifecycleEvent!.AsObject()).ToLookup(lifecycleEvent => lifecycleEvent["officeId"]!.GetValue<string>(), StringComparer.Ordinal);

        public EditionUpgradeResult Run()
        {
            var previous = SeedData.ReadPreviousEdition().ToDictionary(entry => entry.Office.Id, StringComparer.Ordinal);
            foreach (var entry in SeedData.Entries)
            {
                var before = previous.GetValueOrDefault(entry.Office.Id);
                var current = currentOffices.GetValueOrDefault(entry.Office.Id);
                if (before is not null && current is null)
                {
                    kept.Add($"{entry.Office.Id}: removed from the register");
                    continue;
                }

                AddOffice(entry.Office, before?.Office, current);
                AddEvents(entry, before);
            }

            return new EditionUpgradeResult(new JsonObject { ["offices"] = offices, ["events"] = events }, offices.Count, events.Count, kept);
        }

        private void AddOffice(Office office, Office? before, JsonObject? current)
        {
            var after = ToJson(office);
            if (current is null)
            {
                offices.Add(after);
                return;
            }

            var old = before is null ? null : ToJson(before);
            var row = new JsonObject { ["id"] = office.Id };
            foreach (var (name, value) in after.Where(property => !JsonNode.DeepEquals(property.Value, current[property.Key])))
            {
                if (old is not null && JsonNode.DeepEquals(old[name], value))
                {
                    continue;
                }

                if (old is not null && JsonNode.DeepEquals(old[name], current[name]))
                {
                    row[name] = value?.DeepClone();
                }
                else
                {
                    kept.Add($"{office.Id}: {name}");
                }
            }

            if (row.Count > 1)
            {
                offices.Add(row);
            }
        }

        private void AddEvents(RegisterEntry entry, RegisterEntry? before)
        {
            var byNumber = currentEvents[entry.Office.Id].ToDictionary(GetNumber);
            var nextNumber = Math.Max(entry.Events.Count, byNumber.Count == 0 ? 0 : byNumber.Keys.Max()) + 1;
            foreach (var after in entry.Events.Where(lifecycleEvent => !byNumber.Values.Any(current => HasSameContent(current, ToJson(lifecycleEvent)))))
            {
                var old = before?.Events.FirstOrDefault(lifecycleEvent => lifecycleEvent.Number == after.Number);
                var current = byNumber.GetValueOrDefault(after.Number);
                if (old is null)
                {
                    events.Add(ToJson(current is null ? after : after with { Number = nextNumber++ }));
                }
                else if (old != after && current is not null && HasSameContent(current, ToJson(old)))
                {
                    events.Add(ToJson(after));
                }
                else if (old != after)
                {
                    kept.Add($"{entry.Office.Id}: event {after.Number}");
                }
            }
        }

        private static int GetNumber(JsonObject lifecycleEvent) => lifecycleEvent["number"]!.GetValue<int>();

        private static bool HasSameContent(JsonObject one, JsonObject other) =>
            other.All(property => property.Key == "number" || JsonNode.DeepEquals(property.Value, one[property.Key]));

        private static JsonObject ToJson<T>(T value) => JsonSerializer.SerializeToNode(value, StoredValueFormat.JsonOptions)!.AsObject();
    }
}

/// <summary>An import document for <c>mode=merge</c>.</summary>
/// <param name="Offices">The number of offices in the document, of which it contains only the columns that change.</param>
/// <param name="Events">The number of events in the document.</param>
/// <param name="Kept">Values that the edition changes and that editors have changed too; the register keeps the editors' values.</param>
public sealed record EditionUpgradeResult(JsonObject Document, int Offices, int Events, IReadOnlyList<string> Kept);
