using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>A column of a public download as editors fill it in.</summary>
/// <param name="Name">As the download names it: <c>address/street</c>.</param>
/// <param name="StoredName">The stored column; null for a part of the key, and for what is computed when the register is published.</param>
/// <param name="IsList">True where the value is a JSON array.</param>
internal sealed record EditColumn(string Name, string? StoredName, bool IsKey, StoredColumnType Kind, bool IsList)
{
    public bool IsComputed => StoredName is null && !IsKey;
}
