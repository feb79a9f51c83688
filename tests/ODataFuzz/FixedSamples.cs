using ODataEngine.Model;

namespace ServiceOffices.ODataFuzz;

/// <summary>A few rows for tests with literal expected values: four samples, two groups, one funded group.</summary>
public static class FixedSamples
{
    public static IReadOnlyList<SampleGroup> Groups { get; } =
    [
        new() { Code = "field", Name = "Field work", Active = true, Capacity = 12, Budget = 2500.50m, Opened = new(2024, 2, 29), State = 1 },
        new FundedGroup(new() { Code = "north", Name = "Northern lights", Active = true, Capacity = 4, Location = new(20.225, 67.855), State = 0 })
        {
            Sum = 10000.25m, Reference = new("11111111-2222-3333-4444-555555555555"), Term = TimeSpan.FromDays(90), LeaderId = 2,
        },
        new() { Code = "old", Active = false, State = 2 },
    ];

    public static IReadOnlyList<Sample> Samples { get; } =
    [
        new()
        {
            Id = 1, Name = "Birch", Text = "First of all", Flag = true, Whole = 5, Price = 34.95m, Token = new("99999999-8888-7777-6666-555555555555"),
            On = new(2024, 2, 29), Opens = new(8, 30), Changed = new(2024, 2, 29, 23, 59, 59, TimeSpan.Zero), Lasts = new(1, 2, 3, 4), Tags = ["a", "b"],
            Details = Details(new Origin("SE", 1)), Parts = [new("leaf", 0.5m, null, 2)], GroupCode = "field",
        },
        new()
        {
            Id = 2, Name = "Älg", Text = "The one that leads", Whole = 7, Place = new(18.07, 59.33), Lasts = TimeSpan.FromHours(1),
            Details = Details(new ExactOrigin("NO", 2, new(25.78, 71.17), 0.5)), GroupCode = "north",
        },
        new() { Id = 3, Text = "Bare", GroupCode = "north", ParentId = 1 },
        new() { Id = 4, Name = "O'Brien", Text = "Quoted", Whole = 9, Details = Details(null), ParentId = 2 },
    ];

    public static TableSet Tables { get; } = SampleModel.Tables(Samples, Groups, revision: 1);

    private static Details Details(Origin? origin) => new(
        "noted", true, 3, 9007199254740993, 0.25, 1.50m, new(2018, 5, 15), new(2018, 5, 15, 12, 30, 45, TimeSpan.Zero), origin, ["x"]);
}
