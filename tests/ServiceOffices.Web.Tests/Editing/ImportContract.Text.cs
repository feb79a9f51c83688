using System.Net;
using System.Text.Json.Nodes;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>Texts of documents: combining marks, and characters that nobody sees.</summary>
public abstract partial class ImportContract
{
    [Fact]
    public async Task Csv_DecomposedLetters_AreStoredComposedAndFound()
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports",
            "id,name,locationPrecision,vulnerableAreas\r\nny,A\u030Akersberga,none,\"[\"\"A\u030Aby\"\",\"\"O\\u0308by\"\"]\"\r\n", EditorClient.Csv);
        Assert.Equal("completed", (await Editor.WaitForImportAsync(response.Location!))["state"]!.GetValue<string>());

        var office = (await Editor.GetAsync("/register/offices/ny")).Object;
        Assert.Equal("Åkersberga", office["name"]!.GetValue<string>());
        Assert.Equal(["Åby", "Öby"], office["vulnerableAreas"]!.AsArray().Select(area => area!.GetValue<string>()));
        await WaitAsync(async () => await Host.GetAsync("/odata/v1/offices/$count?$filter=id eq 'ny'") == "1");
        foreach (var option in new[]
        {
            "$filter=name eq 'A\u030Akersberga'", "$filter=contains(name,'A\u030Akers')", "$filter=startswith(name,'A\u030A') and id eq 'ny'",
            "$filter=endswith(name,'berga') and name in ('A\u030Akersberga')", "$filter=contains(name,@n)&@n='A\u030Akers'", "$search=a\u030Akersberga",
        })
        {
            Assert.Equal("1", await Host.GetAsync("/odata/v1/offices/$count?" + option.Replace("\u030A", "%CC%8A", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("Stor\u200Buman", "character 5 is U+200B (zero width space)")]
    [InlineData("\u202Enamurots", "character 1 is U+202E (right-to-left override)")]
    [InlineData("🏢\uFEFFx", "character 2 is U+FEFF (byte order mark)")]
    [InlineData("Stor\u00ADuman", "character 5 is U+00AD (soft hyphen)")]
    [InlineData("a\u200Db", "character 2 is U+200D (zero width joiner)")]
    [InlineData("a\u0007", "character 2 is U+0007 (control character)")]
    [InlineData("a\uFFF9", "character 2 is U+FFF9 (format character)")]
    public async Task Text_InvisibleCharacter_IsNamedWithPosition(string name, string found)
    {
        var imported = await Editor.SendAsync("POST", "/register/imports", new JsonArray(new JsonObject { ["id"] = "storuman", ["name"] = name }).ToJsonString());
        var edited = await Editor.PatchAsync("/register/offices/storuman", "*", new JsonObject { ["name"] = name }.ToJsonString());

        Assert.Equal(422, (int)imported.Status);
        Assert.StartsWith($"offices, row 1: name must be a string without invisible characters ({found}); got", Assert.Single(Messages(imported)), StringComparison.Ordinal);
        Assert.Equal(422, (int)edited.Status);
        Assert.Contains(found, edited.Text, StringComparison.Ordinal);
        await AssertNothingWasWrittenAsync();
    }

    [Theory]
    [InlineData("👩\u200D🚀 ❤\uFE0F\u200D🔥")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("two\r\nlines\tand a tab")]
    public async Task Note_JoinersAndLineBreaks_AreAccepted(string note)
    {
        var edited = await Editor.PatchAsync("/register/offices/storuman", "*", new JsonObject { ["note"] = note }.ToJsonString());

        Assert.Equal((HttpStatusCode.OK, note), (edited.Status, edited.Object["note"]!.GetValue<string>()));
    }
}
