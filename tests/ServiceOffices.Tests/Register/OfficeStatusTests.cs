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
    [InlineData("moved", "unknown")]
    [InlineData("hoursChanged", "unknown")]
    [InlineData("serviceAdded", "unknown")]
    [InlineData("serviceRemoved", "unknown")]
    [InlineData("closingAnnounced", "unknown")]
    [InlineData("reopeningAnnounced", "unknown")]
    public void ComputeOn_DayOfEvent_ReturnsStatusOfEvent(string kind, string expected) =>
        Assert.Equal(expected, ComputeOn(Day, [Event(1, kind, Day)]));

    [Fact]
    public void GetStatusAfter_EveryEventKind_ReturnsKnownStatus() => Assert.All(
        Codes.EventKind.Codes.Select(code => OfficeStatus.GetStatusAfter(code.Value)).OfType<string>(),
        status => Assert.True(Codes.Status.Contains(status)));

    [Fact]
    public void ComputeOn_BeforeFirstEvent_ReturnsNull() => Assert.Null(ComputeOn(Day.AddDays(-1), [Event(1, "opened", Day)]));

    [Fact]
    public void ComputeOn_AnnouncementAfterClosing_ReturnsClosed() => Assert.Equal(
        "closed", ComputeOn(Day, [Event(1, "closed", Day.AddDays(-9)), Event(2, "reopeningAnnounced", Day.AddDays(-1))]));

    // Events on one date follow the order of the lifecycle, regardless of their numbers and the order of the list.
    [Theory]
    [InlineData("opened", "planned", "open")]
    [InlineData("closed", "opened", "closed")]
    [InlineData("reopened", "closed", "open")]
    [InlineData("opened", "temporarilyClosed", "temporarilyClosed")]
    [InlineData("withdrawn", "proposed", "withdrawn")]
    public void ComputeOn_TwoEventsOnSameDate_FollowsLifecycleOrder(string first, string second, string expected)
    {
        Assert.Equal(expected, ComputeOn(Day, [Event(1, first, Day), Event(2, second, Day)]));
        Assert.Equal(expected, ComputeOn(Day, [Event(2, first, Day), Event(1, second, Day)]));
    }

    [Fact]
    public void On_LaterDateListedFirst_IsUsed() => Assert.Equal(
        "closed", ComputeOn(Day, [Event(1, "closed", Day), Event(2, "opened", Day.AddDays(-1))]));

    [Fact]
    public void On_MonthPrecision_StartsOnFirstDay()
    {
        LifecycleEvent[] events = [Event(1, "opened", new(2026, 11, 1), "month")];

        Assert.Null(ComputeOn(new(2026, 10, 31), events));
        Assert.Equal("open", ComputeOn(new(2026, 11, 1), events));
    }

    [Theory]
    [InlineData("day", "2024-06-14", "2024-06-15")]
    [InlineData("month", "2024-07-30", "2024-07-31")]
    [InlineData("halfYear", "2024-12-29", "2024-12-30")]
    [InlineData("year", "2025-06-29", "2025-06-30")]
    public void ComputeOn_PlanWithoutLaterEvent_ExpiresAfterMonthsFromEndOfPeriod(string precision, string lastDay, string firstDayUnknown)
    {
        LifecycleEvent[] events = [Event(1, "planned", precision == "day" ? new(2022, 12, 15) : new(2023, 1, 1), precision)];

        Assert.Equal("planned", ComputeOn(DateOnly.Parse(lastDay, null), events));
        Assert.Equal("unknown", ComputeOn(DateOnly.Parse(firstDayUnknown, null), events));
    }

    [Fact]
    public void ComputeOn_PlanWithLaterEvent_ExpiresAfterThatEvent()
    {
        LifecycleEvent[] events = [Event(1, "planned", new(2022, 1, 1)), Event(2, "planned", new(2023, 1, 1))];

        Assert.Equal("planned", ComputeOn(new(2024, 6, 30), events));
        Assert.Equal("unknown", ComputeOn(new(2024, 7, 1), events));
    }

    [Fact]
    public void ComputeOn_PlanThatExpiredBeforeOpening_IsUnknownInBetween()
    {
        LifecycleEvent[] events = [Event(1, "planned", new(2017, 12, 5)), Event(2, "opened", new(2020, 1, 1))];

        Assert.Equal(
            [new StatusPeriod(new(2017, 12, 5), "planned"), new(new(2019, 6, 5), "unknown"), new(new(2020, 1, 1), "open")],
            OfficeStatus.ComputePeriods(events, planExpiryMonths: 18));
    }

    [Fact]
    public void ComputePeriods_ClosingWithoutOpening_IsOpenFromEarliestEvidence()
    {
        LifecycleEvent[] events = [Event(1, "closed", new(2025, 5, 31)), Event(2, "closingAnnounced", new(2025, 4, 10)), Event(3, "serviceAdded", new(2021, 9, 1))];

        Assert.Equal(
            [new StatusPeriod(new(2021, 9, 1), "open"), new(new(2025, 5, 31), "closed")],
            OfficeStatus.ComputePeriods(events, planExpiryMonths: 18));
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("temporarilyClosed")]
    public void ComputePeriods_OnlyClosing_IsOpenOnDayBefore(string kind) => Assert.Equal(
        [new StatusPeriod(Day.AddDays(-1), "open"), new(Day, kind)],
        OfficeStatus.ComputePeriods([Event(1, kind, Day)], planExpiryMonths: 18));

    [Fact]
    public void ComputePeriods_PlanThenClosing_IsOpenFromAnnouncement() => Assert.Equal(
        [new StatusPeriod(new(2022, 6, 27), "planned"), new(new(2023, 12, 27), "unknown"), new(new(2025, 4, 10), "open"), new(new(2025, 5, 31), "closed")],
        OfficeStatus.ComputePeriods([Event(1, "planned", new(2022, 6, 27)), Event(2, "closed", new(2025, 5, 31)), Event(3, "closingAnnounced", new(2025, 4, 10))], planExpiryMonths: 18));

    [Fact]
    public void ComputeOn_UndatedObservation_CountsFromDayOfReading() => Assert.Equal("open", ComputeOn(Day, [Event(1, "observedOpen", Day, "undated")]));

    private static string? ComputeOn(DateOnly date, IEnumerable<LifecycleEvent> events) => OfficeStatus.ComputeOn(date, events, planExpiryMonths: 18);
}
