using ServiceOffices.Data;
using ServiceOffices.Publishing;
using ServiceOffices.Register;

namespace ServiceOffices.Tests.Publishing;

public sealed class NetworkSizeTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void Line_OfTwoOffices_HasAPointADateOnWhichANumberMoved()
    {
        LifecycleEvent[] one = [Samples.Event("a", 1, "proposed", "2018-05-01"), Samples.Event("a", 2, "opened", "2020-06-01"), Samples.Event("a", 3, "moved", "2021-01-01")];
        LifecycleEvent[] other = [Samples.Event("b", 1, "opened", "2020-06-01"), Samples.Event("b", 2, "closed", "2025-01-01"), Samples.Event("b", 3, "reopened", "2027-01-01")];

        Assert.Equal(
            [
                new NetworkSize(new(2018, 5, 1), 1, 0, 0, 0, 0),
                new NetworkSize(new(2020, 6, 1), 0, 0, 2, 0, 0),
                new NetworkSize(new(2025, 1, 1), 0, 0, 1, 0, 1),
            ],
            NetworkSize.Line([one, other], Today));
    }

    [Fact]
    public void Line_DayThatCancelsOut_HasNoPoint()
    {
        LifecycleEvent[] events = [Samples.Event("a", 1, "opened", "2020-01-01"), Samples.Event("a", 2, "closed", "2021-01-01"), Samples.Event("a", 3, "reopened", "2021-01-01")];

        Assert.Single(NetworkSize.Line([events], Today));
    }

    // Every point must say what the statuses on its date say: two ways to the same numbers.
    [Fact]
    public void Line_OfTheRealRegister_AgreesWithTheStatusesOfEachDate()
    {
        var entries = StartingData.Entries;

        var line = NetworkSize.Line([.. entries.Select(entry => entry.Events)], Today);

        Assert.All(line, point =>
        {
            var statuses = entries.Select(entry => OfficeStatus.On(point.Date, entry.Events)).ToArray();
            int Count(string status) => statuses.Count(found => found == status);
            Assert.Equal(
                (Count("proposed"), Count("planned"), Count("open"), Count("temporarilyClosed"), Count("closed")),
                (point.Proposed, point.Planned, point.Open, point.TemporarilyClosed, point.Closed));
        });
        Assert.Equal((new DateOnly(2018, 5, 1), 27), (line[0].Date, line[0].Proposed));
    }
}
