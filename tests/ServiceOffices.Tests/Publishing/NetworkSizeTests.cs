using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Seed;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class NetworkSizeTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void Timeline_TwoOffices_HasPointPerChangeDate()
    {
        LifecycleEvent[] one = [SampleEntries.CreateEvent("a", 1, "proposed", "2018-05-01"), SampleEntries.CreateEvent("a", 2, "opened", "2020-06-01"), SampleEntries.CreateEvent("a", 3, "moved", "2021-01-01")];
        LifecycleEvent[] other = [SampleEntries.CreateEvent("b", 1, "opened", "2020-06-01"), SampleEntries.CreateEvent("b", 2, "closed", "2025-01-01"), SampleEntries.CreateEvent("b", 3, "reopened", "2027-01-01")];

        Assert.Equal(
            [
                new NetworkSize(new(2018, 5, 1), 1, 0, 0, 0, 0, 0),
                new NetworkSize(new(2020, 6, 1), 0, 0, 2, 0, 0, 0),
                new NetworkSize(new(2025, 1, 1), 0, 0, 1, 0, 1, 0),
            ],
            NetworkSize.SumByDate(Counties([("14", one), ("24", other)])));
    }

    [Fact]
    public void Timeline_CancellingChanges_HasNoPoint()
    {
        LifecycleEvent[] events = [SampleEntries.CreateEvent("a", 1, "opened", "2020-01-01"), SampleEntries.CreateEvent("a", 2, "closed", "2021-01-01"), SampleEntries.CreateEvent("a", 3, "reopened", "2021-01-01")];

        Assert.Single(NetworkSize.SumByDate(Counties([("14", events)])));
    }

    // Every point must equal the counts of the statuses on its date.
    [Fact]
    public void Timeline_SeedRegister_MatchesStatusesOfEachDate()
    {
        var entries = SeedData.Entries;

        var line = NetworkSize.SumByDate(Counties([.. entries.Select(entry => (entry.Office.MunicipalityCode?[..2], entry.Events))]));

        Assert.All(line, point =>
        {
            var statuses = entries.Select(entry => OfficeStatus.ComputeOn(point.Date, entry.Events, SeedData.Reference.PlanExpiryMonths)).ToArray();
            int Count(string status) => statuses.Count(found => found == status);
            Assert.Equal(
                (Count("proposed"), Count("planned"), Count("open"), Count("temporarilyClosed"), Count("closed"), Count("unknown")),
                (point.Proposed, point.Planned, point.Open, point.TemporarilyClosed, point.Closed, point.Unknown));
        });
        Assert.Equal(27, line.Single(point => point.Date == new DateOnly(2018, 5, 1)).Proposed);
        Assert.True(line[^1].Open > 40);
    }

    // The sum of the counties must equal the network, so every county has a row for every date.
    [Fact]
    public void Counties_SeedRegister_SumToNetworkOnEachDate()
    {
        var entries = SeedData.Entries;

        var counties = Counties([.. entries.Select(entry => (entry.Office.MunicipalityCode?[..2], entry.Events))]);

        Assert.Contains(entries, entry => entry.Office.MunicipalityCode is null);
        Assert.All(counties.GroupBy(size => size.Date), day =>
        {
            Assert.Equal([.. SeedData.Reference.Counties.Select(county => county.Code), CountySize.UnknownCounty], day.Select(size => size.CountyCode));
            Assert.All(day, size => Assert.Equal(
                entries.Count(entry => (entry.Office.MunicipalityCode?[..2] ?? CountySize.UnknownCounty) == size.CountyCode && OfficeStatus.ComputeOn(day.Key, entry.Events, SeedData.Reference.PlanExpiryMonths) == "open"),
                size.Open));
            Assert.Equal(entries.Count(entry => OfficeStatus.ComputeOn(day.Key, entry.Events, SeedData.Reference.PlanExpiryMonths) == "open"), day.Sum(size => size.Open));
        });
    }

    // One office opens and one closes on the same day: the network size stays the same, but two counties change.
    [Fact]
    public void Timeline_CountyOnlyChange_HasPoint()
    {
        LifecycleEvent[] one = [SampleEntries.CreateEvent("a", 1, "opened", "2020-01-01"), SampleEntries.CreateEvent("a", 2, "closed", "2021-01-01")];
        LifecycleEvent[] other = [SampleEntries.CreateEvent("b", 1, "withdrawn", "2020-01-01"), SampleEntries.CreateEvent("b", 2, "opened", "2021-01-01")];

        Assert.Equal(
            [new NetworkSize(new(2020, 1, 1), 0, 0, 1, 0, 0, 0), new NetworkSize(new(2021, 1, 1), 0, 0, 1, 0, 1, 0)],
            NetworkSize.SumByDate(Counties([("14", one), ("24", other)])));
    }

    private static IReadOnlyList<CountySize> Counties(IReadOnlyList<(string? County, IReadOnlyList<LifecycleEvent> Events)> offices) => CountySize.ComputeAll(
        [.. offices.Select((office, i) => new PublishedOffice(
            SampleEntries.Create(office.Events.Count > 0 ? office.Events[0].OfficeId : $"none-{i}").Office with { MunicipalityCode = office.County is null ? null : office.County + "80" }, null, default))],
        [.. offices.SelectMany(office => office.Events)],
        SeedData.Reference,
        Today);
}
