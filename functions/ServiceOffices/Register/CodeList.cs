namespace ServiceOffices.Register;

/// <summary>
/// The values that a column may hold today. Codes are strings and not an enumeration, so that a new code never
/// breaks a generated client.
/// </summary>
public sealed class CodeList(string name, params IReadOnlyList<Code> codes)
{
    private readonly Dictionary<string, int> indexByCode =
        codes.Select((code, index) => (code.Value, index)).ToDictionary(StringComparer.Ordinal);

    public string Name { get; } = name;

    public IReadOnlyList<Code> Codes { get; } = codes;

    public bool Contains(string value) => indexByCode.ContainsKey(value);

    /// <summary>The code's place in the list, from 0; -1 where it is not in it.</summary>
    public int IndexOf(string value) => indexByCode.GetValueOrDefault(value, -1);

    /// <summary>The list as a sentence says it: <c>one of fixed, mobile, colocated</c>.</summary>
    public override string ToString() => "one of " + string.Join(", ", Codes.Select(code => code.Value));
}
