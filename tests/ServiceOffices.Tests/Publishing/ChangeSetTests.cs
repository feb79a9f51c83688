using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class ChangeSetTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static TableSet CreateSnapshot(params RegisterEntry[] entries)
    {
        var now = new RegisterComposer(SeedData.Reference).Compose(
            new RegisterContent([.. entries.Select(entry => new StoredEntry(entry, "\"1\""))], []), Today, At, null);
        PublicationRecord record = new(7, At, "edit", [], 6, null);
        return PublishedTables.Create(new PublishedRegister(
            now.Offices, now.Events, now.Municipalities, SeedData.Reference, now.NetworkSizes, now.CountySizes, [], [record], []));
    }

    private static RegisterEntry WithStatus(string? status) => status switch
    {
        null => SampleEntries.Create("a"),
        "open" => SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, "opened", "2026-01-01")),
        _ => SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, status, "2026-01-01")),
    };

    [Theory]
    [InlineData(null, "open", "opened")]
    [InlineData("proposed", "open", "opened")]
    [InlineData("planned", "open", "opened")]
    [InlineData("withdrawn", "open", "opened")]
    [InlineData("closed", "open", "reopened")]
    [InlineData("temporarilyClosed", "open", "reopened")]
    [InlineData("open", "closed", "closed")]
    [InlineData("temporarilyClosed", "closed", "closed")]
    [InlineData("open", "temporarilyClosed", "changed")]
    [InlineData("proposed", "planned", "changed")]
    [InlineData("open", null, "changed")]
    public void Compare_StatusBeforeAndAfter_DetermineKind(string? before, string? after, string kind)
    {
        var change = Assert.Single(ChangeDetector.FindChanges(CreateSnapshot(WithStatus(before)), CreateSnapshot(WithStatus(after)), 1));

        Assert.Equal(kind, change.Kind);
        Assert.Equal(new PropertyChange("status", before, after), change.Properties[0]);
        Assert.Equal("events", change.Properties[1].Property);
    }

    [Fact]
    public void Compare_EqualSnapshots_HasNoChanges() => Assert.Empty(ChangeDetector.FindChanges(CreateSnapshot(WithStatus("open")), CreateSnapshot(WithStatus("open")), 1));

    [Fact]
    public void Compare_NewOpenOffice_IsAddedWithProperties()
    {
        var change = Assert.Single(ChangeDetector.FindChanges(null, CreateSnapshot(WithStatus("open")), 41));

        Assert.Equal((41, "a", "added", "Servicekontor a", 7, At), (change.Sequence, change.OfficeId, change.Kind, change.Name, change.Publication, change.At));
        Assert.Equal(
            [
                new PropertyChange("id", null, "a"),
                new PropertyChange("name", null, "Servicekontor a"),
                new PropertyChange("status", null, "open"),
                new PropertyChange("locationPrecision", null, "none"),
                new PropertyChange("events", null, """[{"number":1,"kind":"opened","on":"2026-01-01","precision":"day","source":null,"note":null}]"""),
            ],
            change.Properties);
    }

    [Fact]
    public void Compare_ManyOffices_AreOrderedByIdAndNumbered()
    {
        var before = CreateSnapshot(SampleEntries.Create("b"), SampleEntries.Create("c"), SampleEntries.Create("d"));
        var after = CreateSnapshot(SampleEntries.Create("a"), SampleEntries.Create("c").With(office => office with { Locality = "Visby" }), SampleEntries.Create("d"));

        var changes = ChangeDetector.FindChanges(before, after, 10);

        Assert.Equal([(10, "a", "added"), (11, "b", "removed"), (12, "c", "changed")], changes.Select(change => (change.Sequence, change.OfficeId, change.Kind)));
    }

    [Fact]
    public void Compare_AllTypes_AreStringsOrJson()
    {
        var before = SampleEntries.CreateAtMunicipality("a", "1280", 55.6, 13);
        var after = before.With(office => office with
        {
            Name = "\"Å\"",
            Address = new Address("Väg 1", "01234", null),
            Longitude = 13.5,
            Services = [new("skatteverket", ["general"])],
            VideoMeetings = true,
            VideoMeetingsSince = new(2020, 9, 1),
            OpeningHours = [new("monday", new(9, 0), new(15, 30), false)],
            Sources = ["https://example.se/å"],
        });

        var change = Assert.Single(ChangeDetector.FindChanges(CreateSnapshot(before), CreateSnapshot(after), 1));

        Assert.Equal(
            [
                new PropertyChange("name", "Servicekontor a", "\"Å\""),
                new PropertyChange("address", null, """{"street":"Väg 1","postalCode":"01234","city":null}"""),
                new PropertyChange("location", """{"type":"Point","coordinates":[13,55.6]}""", """{"type":"Point","coordinates":[13.5,55.6]}"""),
                new PropertyChange("longitude", "13", "13.5"),
                new PropertyChange("services", "[]", """[{"agency":"skatteverket","levels":["general"]}]"""),
                new PropertyChange("videoMeetings", null, "true"),
                new PropertyChange("videoMeetingsSince", null, "2020-09-01"),
                new PropertyChange("openingHours", "[]", """[{"dayOfWeek":"monday","opens":"09:00:00","closes":"15:30:00","byAppointment":false}]"""),
                new PropertyChange("sources", "[]", """["https://example.se/å"]"""),
            ],
            change.Properties);
    }

    [Fact]
    public void Compare_Events_IncludesOnlyDifferences()
    {
        var before = WithStatus("open").With(SampleEntries.CreateEvent("a", 2, "moved", "2021-01-01"), SampleEntries.CreateEvent("a", 3, "serviceAdded", "2021-02-01"));
        var after = WithStatus("open").With(SampleEntries.CreateEvent("a", 2, "moved", "2021-01-02"), SampleEntries.CreateEvent("a", 3, "serviceAdded", "2021-02-01"), SampleEntries.CreateEvent("a", 4, "hoursChanged", "2022-01-01"));

        var change = Assert.Single(ChangeDetector.FindChanges(CreateSnapshot(before), CreateSnapshot(after), 1));

        Assert.Equal("changed", change.Kind);
        Assert.Equal(
            new PropertyChange(
                "events",
                """[{"number":2,"kind":"moved","on":"2021-01-01","precision":"day","source":null,"note":null}]""",
                """[{"number":2,"kind":"moved","on":"2021-01-02","precision":"day","source":null,"note":null},{"number":4,"kind":"hoursChanged","on":"2022-01-01","precision":"day","source":null,"note":null}]"""),
            Assert.Single(change.Properties));
    }
}
