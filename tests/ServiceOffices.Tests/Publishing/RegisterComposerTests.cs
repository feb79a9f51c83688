using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Register.Validation;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class RegisterComposerTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly RegisterComposer Composer = new(SeedData.Reference);

    private static RegisterContent Content(IEnumerable<RegisterEntry> entries, params RejectedRow[] rejected) =>
        new([.. entries.Select(entry => new StoredEntry(entry, "\"1\""))], rejected);

    private static RejectedRow Unreadable(string officeId, int? number) => new(officeId, number, [new ValidationProblem("kind", "7", "a text")]);

    private static PublishedRegister Published(Composition composition) => new(
        composition.Offices, composition.Events, composition.Municipalities, SeedData.Reference, composition.NetworkSizes, composition.CountySizes, [], [], []);

    private static PublishedRegister Before(params RegisterEntry[] entries) =>
        Published(Composer.Compose(Content(entries), Today, At.AddDays(-1), null));

    [Fact]
    public void Compose_UnreadableOffice_KeepsLastWithEvents()
    {
        var before = Before(SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, "opened", "2020-01-01")));

        var now = Composer.Compose(Content([], Unreadable("a", null)), Today, At, before);

        Assert.Equal("Servicekontor a", now.Offices.Single().Office.Name);
        Assert.Equal("open", now.Offices.Single().Status);
        Assert.Equal(1, now.Events.Single().Number);
        Assert.Equal("a", now.Rejected.Single().OfficeId);
    }

    [Fact]
    public void Compose_UnreadableEvent_KeepsLastAndUsesOthers()
    {
        var before = Before(SampleEntries.Create(
            "a", SampleEntries.CreateEvent("a", 1, "planned", "2020-01-01"), SampleEntries.CreateEvent("a", 2, "opened", "2020-02-01"), SampleEntries.CreateEvent("a", 3, "closed", "2021-01-01")));

        var now = Composer.Compose(
            Content([SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, "planned", "2019-01-01"))], Unreadable("a", 2)), Today, At, before);

        Assert.Equal([(1, new DateOnly(2019, 1, 1)), (2, new DateOnly(2020, 2, 1))], now.Events.Select(lifecycleEvent => (lifecycleEvent.Number, lifecycleEvent.On)));
        Assert.Equal("open", now.Offices.Single().Status);
    }

    [Fact]
    public void Compose_EventsWithoutOffice_AreReportedAndOfficeIsAbsent()
    {
        var now = Composer.Compose(Content([], Unreadable("a", 1), Unreadable("a", 0)), Today, At, Before(SampleEntries.Create("a")));

        Assert.Empty(now.Offices);
        Assert.Equal([0, 1], now.Rejected.Select(row => row.EventNumber!.Value));
    }

    [Fact]
    public void Compose_UnreadableUnpublishedRows_AreAbsentAndReported()
    {
        var now = Composer.Compose(Content([SampleEntries.Create("b")], Unreadable("a", null), Unreadable("b", 4)), Today, At, null);

        Assert.Equal("b", now.Offices.Single().Office.Id);
        Assert.Empty(now.Events);
        Assert.Equal([("a", (int?)null), ("b", 4)], now.Rejected.Select(row => (row.OfficeId, row.EventNumber)));
    }

    [Fact]
    public void Compose_Unchanged_KeepsChangeTime()
    {
        var now = Composer.Compose(Content([SampleEntries.Create("a"), SampleEntries.Create("b")]), Today, At, Before(SampleEntries.Create("a")));

        Assert.Equal([At.AddDays(-1), At], now.Offices.Select(office => office.ModifiedAt));
    }

    [Fact]
    public void Compose_Municipalities_HaveOpenCountAndNearestOffice()
    {
        var malmo = SampleEntries.CreateAtMunicipality("malmo", "1280", 55.6, 13.0);
        var closed = SampleEntries.CreateAtMunicipality("lund", "1281", 55.70584, 13.19321).With(SampleEntries.CreateEvent("lund", 2, "closed", "2021-01-01"));
        var nowhere = SampleEntries.Create("nowhere", SampleEntries.CreateEvent("nowhere", 1, "opened", "2020-01-01")).With(office => office with { MunicipalityCode = "1281" });

        var found = Composer.Compose(Content([closed, malmo, nowhere]), Today, At, null).Municipalities.ToDictionary(found => found.Municipality.Code);

        // From the seats: Malmö itself; Lund about 17 km away; Kiruna about 1 400 km.
        Assert.Equal((1, "malmo"), (found["1280"].OfficesOpen, found["1280"].NearestOpenOfficeId));
        Assert.Equal((1, "malmo"), (found["1281"].OfficesOpen, found["1281"].NearestOpenOfficeId));
        Assert.InRange(found["1281"].DistanceToNearestOpenOfficeKm!.Value, 14, 20);
        Assert.InRange(found["2584"].DistanceToNearestOpenOfficeKm!.Value, 1350, 1450);
        Assert.All(found.Values, municipality => Assert.Equal(
            municipality.DistanceToNearestOpenOfficeKm, Math.Round(municipality.DistanceToNearestOpenOfficeKm!.Value, 1)));
    }

    [Fact]
    public void Nearest_RandomOffices_EqualsBruteForce()
    {
        Random random = new(2018);
        double Latitude() => 55 + (random.NextDouble() * 14);
        double Longitude() => 10.5 + (random.NextDouble() * 13.7);
        var offices = Enumerable.Range(0, 200)
            .Select(number => SampleEntries.CreateAtMunicipality($"o{number}", "1280", Math.Round(Latitude(), 1), Math.Round(Longitude(), 1)).Office)
            .ToArray();
        NearestOfficeFinder nearest = new(offices);

        for (var point = 0; point < 500; point++)
        {
            GeoPoint from = new(Longitude(), Latitude());
            var expected = offices
                .Select(office => (office.Id, Metres: Geodesy.GetDistanceMetres(from, new(office.Longitude!.Value, office.Latitude!.Value))))
                .OrderBy(office => office.Metres)
                .ThenBy(office => office.Id, StringComparer.Ordinal)
                .First();
            Assert.Equal(expected, nearest.Find(from)!.Value);
        }
    }
}
