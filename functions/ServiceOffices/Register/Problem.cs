namespace ServiceOffices.Register;

/// <summary>One thing wrong with one field of a row.</summary>
/// <param name="Field">The column's name, with an index where it is a collection: <c>services[1].agency</c>.</param>
/// <param name="Value">The value found, as text, and of a long one its beginning; null where it is missing.</param>
/// <param name="Allowed">What is allowed there, in plain English.</param>
public sealed record Problem(string Field, string? Value, string Allowed)
{
    private const int LongestShown = 200;

    public string Field { get; init; } = Shortened(Field)!;

    public string? Value { get; init; } = Shortened(Value);

    /// <summary>Content as a message repeats it: whoever sent a megabyte knows it by its beginning.</summary>
    internal static string? Shortened(string? text) => text is { Length: > LongestShown } ? text[..LongestShown] + "…" : text;

    public override string ToString() => $"{Field} must be {Allowed}; got {(Value is null ? "nothing" : $"'{Value}'")}.";
}
