using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;

namespace ServiceOffices.Editing.Forms;

/// <summary>
/// The columns that an editor can set on an entity: those of its public download, in their order. A complex property has a
/// column for each of its parts, named by the path: <c>address/street</c>.
/// </summary>
public sealed class EditForm
{
    private readonly Dictionary<string, EntityColumn> byName;
    private readonly Dictionary<string, EntityColumn> byStoredName;

    internal EditForm(string entitySetName, IReadOnlyList<EntityColumn> columns)
    {
        EntitySetName = entitySetName;
        Columns = columns;
        AllowedColumns = "one of the columns " + string.Join(", ", columns.Select(column => column.Name));
        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        byStoredName = columns.Where(column => column.StoredName is not null).ToDictionary(column => column.StoredName!, StringComparer.Ordinal);
    }

    public static EditForm Offices { get; } = new(OfficeSchema.SetName, OfficeSchema.Columns.All);

    public static EditForm Events { get; } = new(EventSchema.SetName, EventSchema.Columns.All);

    /// <summary>The entity set's name, which is also the download's.</summary>
    public string EntitySetName { get; }

    public IReadOnlyList<EntityColumn> Columns { get; }

    /// <summary>The allowed names as a message lists them. Built once, because a document may have many unknown names.</summary>
    public string AllowedColumns { get; }

    public EntityColumn? Find(string name) => byName.GetValueOrDefault(name);

    public EntityColumn GetByStoredName(string name) => byStoredName[name];

    /// <summary>Gets the column of a problem's field with the path inside the column: <c>address/street</c> for <c>address.street</c>.</summary>
    public string GetColumnName(ValidationProblem problem)
    {
        var field = problem.Field;
        var end = field.IndexOfAny(['[', '.']);
        var head = end < 0 ? field : field[..end];
        return byStoredName.TryGetValue(head, out var column) ? column.Name + field[head.Length..]
            : byName.ContainsKey(field.Replace('.', '/')) ? field.Replace('.', '/')
            : field;
    }
}

/// <summary>One row or JSON object of an editor's request: only the columns that were given.</summary>
/// <param name="Number">The row as a spreadsheet counts it, the header being 1; in JSON the position in the array, from 1; 0 for a single object.</param>
/// <param name="Values">A string, number, boolean or null by column name; a list is its JSON string. A value of another type is kept and becomes a problem later.</param>
/// <param name="Problems">The problems found while parsing, before the values are validated.</param>
public sealed record EditRow(int Number, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<ValidationProblem> Problems)
{
    public string? GetString(string column) => Values.GetValueOrDefault(column) as string;
}
