using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>What formats for maps look for in a type.</summary>
internal static class GeographyColumns
{
    private static readonly string[] LabelProperties = ["name", "nameSv"];

    /// <summary>The first geography property, or null.</summary>
    public static Property? FindProperty(StructuredType type) => type.Properties.FirstOrDefault(property => property.Type is PrimitiveType { IsGeography: true });

    public static string? GetUnsupportedReason(StructuredType type, string format) => FindProperty(type) is null ? $"{type.Name} has no geography property, and {format} is for places." : null;

    /// <summary>What a place is called on a map: the column of its name, else of its key; null where the rows have neither.</summary>
    public static FlatColumn? FindLabelColumn(IReadOnlyList<FlatColumn> columns, StructuredType type) =>
        columns.FirstOrDefault(column => LabelProperties.Contains(column.Name)) ?? columns.FirstOrDefault(column => type.Key is [var key, ..] && column.Name == key.Name);
}
