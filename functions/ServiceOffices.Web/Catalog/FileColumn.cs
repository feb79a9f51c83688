using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>A column of a flat file, such as CSV, where each part of a complex property is a column.</summary>
/// <param name="Path">The column's heading: the property's name, or the path to it (<c>address/street</c>).</param>
/// <param name="Required">True if every row has a value.</param>
internal sealed record FileColumn(string Path, Property Property, bool Required)
{
    /// <summary>Gets the columns of a file with rows of a type, in order.</summary>
    public static IReadOnlyList<FileColumn> FromType(StructuredType type) => [.. GetColumns(type, "", required: true)];

    /// <summary>Gets the key columns, in the order of the key.</summary>
    public static IEnumerable<string> GetKeyColumns(StructuredType type) => type.Key.Select(part => part.Name);

    /// <summary>
    /// Gets the columns with the key of another set. By the model's convention, the column of a navigation property <c>office</c> to
    /// the key <c>id</c> is <c>officeId</c>. Columns with a value without target are left out: history may refer to removed offices.
    /// </summary>
    public static IEnumerable<(string Column, string TargetSet, string TargetColumn)> GetForeignKeys(Table table)
    {
        foreach (var link in table.Type.Properties.Where(property => property.IsNavigation && !property.IsCollection))
        {
            var key = ((StructuredType)link.Type).Key;
            if (key.Count == 1
                && table.Type.Find(link.Name + char.ToUpperInvariant(key[0].Name[0]) + key[0].Name[1..]) is { } column
                && Enumerable.Range(0, table.Count).All(row => table[column].IsNull(row) || !table[link].IsNull(row)))
            {
                yield return (column.Name, link.TargetSet!, key[0].Name);
            }
        }
    }

    private static IEnumerable<FileColumn> GetColumns(StructuredType type, string path, bool required)
    {
        foreach (var property in type.AllProperties.Where(property => !property.IsNavigation))
        {
            var isRequired = required && (property.IsCollection || !property.IsNullable) && type.Properties.Contains(property);
            var columns = property.Type is StructuredType complex
                ? GetColumns(complex, path + property.Name + "/", isRequired)
                : [new FileColumn(path + property.Name, property, isRequired)];
            foreach (var column in columns)
            {
                yield return column;
            }
        }
    }
}
