using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>What formats for maps look for in a type.</summary>
internal static class Places
{
    private static readonly string[] Names = ["name", "nameSv"];

    /// <summary>The first geography property, or null.</summary>
    public static Property? Of(StructuredType type) => type.Properties.FirstOrDefault(property => property.Type is PrimitiveType { IsGeography: true });

    public static string? WhyNot(StructuredType type, string format) => Of(type) is null ? $"{type.Name} has no geography property, and {format} is for places." : null;

    /// <summary>What a place is called on a map: the column of its name, else of its key; null where the rows have neither.</summary>
    public static FlatColumn? Label(IReadOnlyList<FlatColumn> columns, StructuredType type) =>
        columns.FirstOrDefault(column => Names.Contains(column.Name)) ?? columns.FirstOrDefault(column => type.Key is [var key, ..] && column.Name == key.Name);
}
