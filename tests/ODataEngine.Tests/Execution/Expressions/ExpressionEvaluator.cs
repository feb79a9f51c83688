using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution.Expressions;

/// <summary>Evaluates an expression for one entity through $compute.</summary>
internal static class ExpressionEvaluator
{
    /// <summary>An entity with a value in every column.</summary>
    public static readonly Sample Full = new()
    {
        Id = 1,
        Name = "Alfreds",
        Text = "Futterkiste",
        Flag = true,
        Tiny = -5,
        Level = 200,
        Small = 300,
        Whole = 7,
        Big = 9007199254740993,
        Share = 1.5f,
        Size = 2.5,
        Price = 2.55m,
        Token = new Guid("01234567-89ab-cdef-0123-456789abcdef"),
        On = new DateOnly(2018, 5, 15),
        Opens = new TimeOnly(8, 30, 15, 250),
        Changed = new DateTimeOffset(2018, 5, 15, 12, 30, 45, 500, TimeSpan.Zero),
        Lasts = new TimeSpan(1, 2, 3, 4, 500),
        Place = new(18.07, 59.33),
        Tags = ["a", "b", "a"],
        Details = new Details("note", true, 3, 4, 0.5, 1.10m, new DateOnly(2020, 1, 1), DateTimeOffset.UnixEpoch, new Origin("Sweden", 1), ["x"]),
        Parts = [new Part("first", 1.5m, null, 1), new Part(null, null, new DateOnly(2024, 2, 29), 2)],
        GroupCode = "g",
        ParentId = 2,
    };

    /// <summary>An entity with null in every nullable column, the parent of <see cref="Full"/>.</summary>
    public static readonly Sample Empty = new() { Id = 2, Text = "" };

    private static readonly SampleEngine Engine = new([Full, Empty], [new SampleGroup { Code = "g", Name = "Group", Active = true, Capacity = 10 }]);

    /// <summary>Gets the value of an expression for <see cref="Full"/> as JSON.</summary>
    public static string Evaluate(string expression) => EvaluateFor(1, expression);

    /// <summary>Gets the value of an expression for <see cref="Empty"/> as JSON.</summary>
    public static string EvaluateEmpty(string expression) => EvaluateFor(2, expression);

    /// <summary>Gets the status and code of the error of an expression.</summary>
    public static (int Status, string Code) GetError(string expression) => Engine.GetError(Url(1, expression));

    private static string EvaluateFor(int key, string expression) => Engine.GetJson(Url(key, expression)).GetProperty("x").GetRawText();

    private static string Url(int key, string expression) => $"samples({key})?$compute={Uri.EscapeDataString(expression)} as x&$select=x";
}
