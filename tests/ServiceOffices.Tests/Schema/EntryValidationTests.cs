using ServiceOffices.Register.Model;
using ServiceOffices.Schema;
using ServiceOffices.Seed;

namespace ServiceOffices.Tests.Schema;

public sealed class EntryValidationTests
{
    private static readonly EntryValidator Validation = new(SeedData.Reference);

    private static readonly Office Office = new() { Id = "a", Name = "A", LocationPrecision = "none" };

    private static readonly LifecycleEvent Opened = new()
    {
        OfficeId = "a", Number = 1, Kind = "opened", On = new(2020, 7, 1), Precision = "day", Source = "https://example.se/", Note = "x",
    };

    private static string[] GetInvalidFields(params LifecycleEvent[] events) =>
        [.. Validation.Validate(new RegisterEntry(Office, events)).Select(problem => problem.Field)];

    [Fact]
    public void Validate_ValidEntry_HasNoProblems() => Assert.Empty(GetInvalidFields(Opened, Opened with { Number = 7, Source = null, Note = null }));

    [Fact]
    public void Validate_InvalidEntry_ReportsEveryProblem() => Assert.Equal(
        [
            "name",
            "events[1].officeId", "events[1].number", "events[1].kind", "events[1].on", "events[1].precision", "events[1].source", "events[1].note",
            "events[2].number",
        ],
        Validation.Validate(new RegisterEntry(
            Office with { Name = "" },
            [
                Opened,
                new() { OfficeId = "b", Number = 0, Kind = "exploded", On = new(1989, 12, 31), Precision = "century", Source = "x", Note = " " },
                Opened,
            ])).Select(problem => problem.Field));

    [Theory]
    [InlineData("day", 2020, 2, 29, true)]
    [InlineData("month", 2020, 2, 1, true)]
    [InlineData("month", 2020, 2, 2, false)]
    [InlineData("halfYear", 2020, 1, 1, true)]
    [InlineData("halfYear", 2020, 7, 1, true)]
    [InlineData("halfYear", 2020, 6, 1, false)]
    [InlineData("halfYear", 2020, 7, 2, false)]
    [InlineData("year", 2020, 1, 1, true)]
    [InlineData("year", 2020, 7, 1, false)]
    [InlineData("day", 1990, 1, 1, true)]
    [InlineData("day", 2100, 12, 31, true)]
    [InlineData("day", 2101, 1, 1, false)]
    public void Validate_OnNotFirstDayOfPeriod_IsProblem(string precision, int year, int month, int day, bool isValid) =>
        Assert.Equal(isValid ? [] : ["events[0].on"], GetInvalidFields(Opened with { Precision = precision, On = new(year, month, day) }));
}
