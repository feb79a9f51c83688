using System.Text;
using System.Text.Json.Nodes;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Register.Model;
using ServiceOffices.Seed;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Seed;

public sealed class EditionUpgradeTests
{
    private static readonly IReadOnlyList<RegisterEntry> Previous = SeedData.ReadPreviousEdition();

    [Fact]
    public void PreviousEdition_All_IsTheOneOfNovember23() =>
        Assert.Equal((79, 107), (Previous.Count, Previous.Sum(entry => entry.Events.Count)));

    [Fact]
    public void Create_UneditedRegister_ImportEqualsCurrentEdition()
    {
        var upgrade = EditionUpgrade.Create(Export(Previous));

        Assert.Empty(upgrade.Kept);
        Assert.Equal(ToText(SeedData.Entries), ToText(Import(Previous, upgrade)));
    }

    [Fact]
    public void Create_CurrentEdition_HasNoChanges()
    {
        var upgrade = EditionUpgrade.Create(Export(SeedData.Entries));

        Assert.Equal((0, 0, 0), (upgrade.Offices, upgrade.Events, upgrade.Kept.Count));
    }

    [Fact]
    public void Create_RegisterWithEdits_KeepsThemAndListsConflicts()
    {
        RegisterEntry[] edited =
        [
            .. Previous.Where(entry => entry.Office.Id != "varnhem").Select(entry => entry.Office.Id switch
            {
                // A value that the edition leaves alone, an event that it changes too, and an event with the number of a new one.
                "kungalv" => new RegisterEntry(entry.Office with { Phone = "0771178000" }, [entry.Events[0] with { Note = "edited" }]),
                "amal" => entry with { Events = [.. entry.Events, entry.Events[0] with { Number = 2, Kind = EventKind.Moved, On = new DateOnly(2020, 1, 1) }] },
                _ => entry,
            }),
        ];

        var upgrade = EditionUpgrade.Create(Export(edited));
        var after = Import(edited, upgrade).ToDictionary(entry => entry.Office.Id, StringComparer.Ordinal);

        Assert.Equal(["varnhem: removed from the register", "kungalv: event 1"], upgrade.Kept.Order(StringComparer.Ordinal).Reverse());
        Assert.DoesNotContain("varnhem", after.Keys);
        Assert.Equal(("0771178000", "edited"), (after["kungalv"].Office.Phone, after["kungalv"].Events[0].Note));
        Assert.Contains(after["kungalv"].Events, lifecycleEvent => lifecycleEvent.Kind == EventKind.ClosingAnnounced);
        Assert.Equal([EventKind.Closed, EventKind.Moved, EventKind.ClosingAnnounced], after["amal"].Events.Select(lifecycleEvent => lifecycleEvent.Kind));
        Assert.Equal(104 - 1, after.Count);
        // A second run finds only what was kept.
        Assert.Equal((0, 0), EditionUpgrade.Create(Export([.. after.Values])) is var again ? (again.Offices, again.Events) : default);
    }

    private static JsonObject Export(IReadOnlyList<RegisterEntry> entries) => JsonNode.Parse(RegisterExport.ToJson(ToContent(entries)))!.AsObject();

    private static RegisterContent ToContent(IReadOnlyList<RegisterEntry> entries) => new([.. entries.Select(entry => new StoredEntry(entry, "1"))], []);

    private static IReadOnlyList<RegisterEntry> Import(IReadOnlyList<RegisterEntry> register, EditionUpgradeResult upgrade)
    {
        var document = JsonImportReader.Read(Encoding.UTF8.GetBytes(upgrade.Document.ToJsonString()));
        var report = new ImportPlanner(ToContent(register), new EditValidator(SeedData.Reference), ImportMode.Merge, new DateOnly(2026, 11, 30)).Plan(document);
        Assert.Empty(report.Problems);
        var entries = register.ToDictionary(entry => entry.Office.Id, StringComparer.Ordinal);
        foreach (var step in report.Steps)
        {
            entries[step.OfficeId] = step.Entry!;
        }

        return [.. entries.Values.OrderBy(entry => entry.Office.Id, StringComparer.Ordinal)];
    }

    private static string ToText(IReadOnlyList<RegisterEntry> entries) => Encoding.UTF8.GetString(RegisterExport.ToJson(ToContent(entries)));
}
