using ServiceOffices.Register.Model;

namespace ServiceOffices.Tests.Register;

public sealed class OfficeStatusTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    private static LifecycleEvent Event(int number, string kind, DateOnly on, string precision = "day") =>
        new() { OfficeId = "a", Number = number, Kind = kind, On = on, Precision = precision };

    [Theory]
    [InlineData("proposed", "proposed")]
    [InlineData("planned", "planned")]
    [InlineData("opened", "open")]
    [InlineData("observedOpen", "open")]
    [InlineData("reopened", "open")]
    [InlineData("temporarilyClosed", "temporarilyClosed")]
    [InlineData("closed", "closed")]
    [InlineData("withdrawn", "withdrawn")]
    [InlineData("moved", null)]
    [InlineData("hoursChanged", null)]
    [InlineData("serviceAdded", null)]
    [InlineData("serviceRemoved", null)]
    [InlineData("closingAnnounced", null)]
    [InlineData("reopeningAnnounced", null)]
    public void ComputeOn_DayOfEvent_ReturnsStatusOfEvent(string kind, string? expected) =>
        Assert.Equal(expected, OfficeStatus.ComputeOn(Day, [Event(1, kind, Day)]));

    [Fact]
    public void GetStatusAfter_EveryEventKind_ReturnsKnownStatus() => Assert.All(
        Codes.EventKind.Codes.Select(code => OfficeStatus.GetStatusAfter(code.Value)).OfType<string>(),
        status => Assert.True(Codes.Status.Contains(status)));

    [Fact]
    public void ComputeOn_BeforeFirstEvent_ReturnsNull() => Assert.Null(OfficeStatus.ComputeOn(Day.AddDays(-1), [Event(1, "opened", Day)]));

    [Fact]
    public void ComputeOn_AnnouncementAfterClosing_ReturnsClosed() => Assert.Equal(
        "closed", OfficeStatus.ComputeOn(Day, [Event(1, "closed", Day.AddDays(-9)), Event(2, "reopeningAnnounced", Day.AddDays(-1))]));

    // Events on one date follow the order of the lifecycle, regardless of their numbers and the order of the list.
    [Theory]
    [InlineData("opened", "planned", "open")]
    [InlineData("closed", "opened", "closed")]
    [InlineData("reopened", "closed", "open")]
    [InlineData("opened", "temporarilyClosed", "temporarilyClosed")]
    [InlineData("withdrawn", "proposed", "withdrawn")]
    public void ComputeOn_TwoEventsOnSameDate_FollowsLifecycleOrder(string first, string second, string expected)
    {
        Assert.Equal(expected, OfficeStatus.ComputeOn(Day, [Event(1, first, Day), Event(2, second, Day)]));
        Assert.Equal(expected, OfficeStatus.ComputeOn(Day, [Event(2, first, Day), Event(1, second, Day)]));
    }

    [Fact]
    public void On_LaterDateListedFirst_IsUsed() => Assert.Equal(
        "closed", OfficeStatus.ComputeOn(Day, [Event(1, "closed", Day), Event(2, "opened", Day.AddDays(-1))]));

    [Fact]
    public void On_MonthPrecision_StartsOnFirstDay()
    {
        LifecycleEvent[] events = [Event(1, "opened", new(2026, 11, 1), "month")];

        Assert.Null(OfficeStatus.ComputeOn(new(2026, 10, 31), events));
        Assert.Equal("open", OfficeStatus.ComputeOn(new(2026, 11, 1), events));
    }
}
