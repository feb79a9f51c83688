namespace ServiceOffices.Register;

/// <summary>One thing wrong with one field of a row.</summary>
/// <param name="Field">The column's name, with an index where it is a collection: <c>services[1].agency</c>.</param>
/// <param name="Value">The value found, as text; null where it is missing.</param>
/// <param name="Allowed">What is allowed there, in plain English.</param>
public sealed record Problem(string Field, string? Value, string Allowed)
{
    public override string ToString() => $"{Field} must be {Allowed}; got {(Value is null ? "nothing" : $"'{Value}'")}.";
}
