namespace ServiceOffices.Tables;

/// <summary>An enumeration whose values are held as their underlying numbers (CSDL 4.01, 10).</summary>
public sealed class EnumType(string fullName, IReadOnlyList<(string Name, int Value)> members) : DataType
{
    public override string FullName { get; } = fullName;

    public IReadOnlyList<(string Name, int Value)> Members { get; } = members;
}
