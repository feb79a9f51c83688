namespace ServiceOffices.Register.Validation;

/// <summary>One problem of one field of a row.</summary>
/// <param name="Field">The column's name, with an index for an item of a collection: <c>services[1].agency</c>.</param>
/// <param name="Value">The value as a string, shortened if it is long; null if it is missing.</param>
/// <param name="Allowed">The allowed values, in plain English, as they follow "must be".</param>
public sealed record ValidationProblem(string Field, string? Value, string Allowed)
{
    private const int MaxShownLength = 200;

    public string Field { get; init; } = Truncate(Field)!;

    public string? Value { get; init; } = Truncate(Value);

    /// <summary>Shortens a value for a message, which must not repeat a megabyte.</summary>
    internal static string? Truncate(string? value) => value is { Length: > MaxShownLength } ? value[..MaxShownLength] + "…" : value;

    /// <summary>Gets the problem as a sentence.</summary>
    public override string ToString() => Value is null ? $"{Field} must be {Allowed}; {Field} is missing." : $"{Field} must be {Allowed}; got '{Value}'.";
}
