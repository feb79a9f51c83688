namespace ServiceOffices.Register.Validation;

/// <summary>One thing wrong with one field of a row.</summary>
/// <param name="Field">The column's name, with an index where it is a collection: <c>services[1].agency</c>.</param>
/// <param name="Value">The value found, as text, and of a long one its beginning; null where it is missing.</param>
/// <param name="Allowed">What is allowed there, in plain English.</param>
public sealed record ValidationProblem(string Field, string? Value, string Allowed)
{
    private const int MaxShownLength = 200;

    public string Field { get; init; } = Truncate(Field)!;

    public string? Value { get; init; } = Truncate(Value);

    /// <summary>Content as a message repeats it: whoever sent a megabyte knows it by its beginning.</summary>
    internal static string? Truncate(string? value) => value is { Length: > MaxShownLength } ? value[..MaxShownLength] + "…" : value;

    public override string ToString() => $"{Field} must be {Allowed}; got {(Value is null ? "nothing" : $"'{Value}'")}.";
}
