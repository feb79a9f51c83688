using System.Text.Json;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Tests.Publishing;

/// <summary>Compares the publisher's fast reader of its own files with the general reader.</summary>
public sealed class PropertyChangeReaderTests
{
    [Theory]
    [InlineData("name", null, "Åmål \"Västra\" \\ 🏢")]
    [InlineData("events", "[]", null)]
    [InlineData("note", "", "line\nbreak")]
    public void Read_AnyChange_RoundTrips(string property, string? oldValue, string? newValue)
    {
        IReadOnlyList<PropertyChange> changes = [new(property, oldValue, newValue), new(property, newValue, oldValue)];

        Assert.Equal(changes, Read(JsonSerializer.Serialize(changes, PublishingJsonContext.Instance.Options)));
    }

    [Fact]
    public void Read_StringLongerThanPoolLimit_IsComplete()
    {
        string[] texts = [new('å', 400), new('å', 600), new('"', 700), new('x', 1024), new('x', 5000)];
        IReadOnlyList<PropertyChange> changes = [.. texts.Select(text => new PropertyChange("note", text, text + "!"))];

        Assert.Equal(changes, Read(JsonSerializer.Serialize(changes, PublishingJsonContext.Instance.Options)));
    }

    [Fact]
    public void Read_EqualStrings_AreInterned()
    {
        const string Hours = """[{"opens":"10:00","closes":"15:00","days":["monday","tuesday","wednesday","thursday","friday"]}]""";
        IReadOnlyList<PropertyChange> changes = [new("openingHours", null, Hours), new("openingHours", Hours, null)];

        var read = Read(JsonSerializer.Serialize(changes, PublishingJsonContext.Instance.Options));

        Assert.Same(read[0].NewValue, read[1].OldValue);
        Assert.Same(read[0].Property, read[1].Property);
    }

    [Fact]
    public void Read_UnknownMembers_AreSkipped() =>
        Assert.Equal([new("name", null, "Ludvika")], Read("""[{"more":{"property":"x"},"newValue":"Ludvika","property":"name","last":[1,{}]}]"""));

    [Theory]
    [InlineData("""[{"newValue":"Ludvika"}]""")]
    [InlineData("""[{"property":"name","newValue":1}]""")]
    [InlineData("""[{"property":"name","newValue":{}}]""")]
    [InlineData("""["name"]""")]
    [InlineData("""[{"property":"name" """)]
    public void Read_Malformed_Throws(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static IReadOnlyList<PropertyChange> Read(string json)
    {
        var strings = new StringPoolConverter();
        return JsonSerializer.Deserialize<IReadOnlyList<PropertyChange>>(json, PublishingJsonContext.CreateWithConverters(strings, new PropertyChangeConverter(strings)).Options)!;
    }
}
