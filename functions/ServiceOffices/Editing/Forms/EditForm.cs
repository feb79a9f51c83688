using ODataEngine.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Forms;

/// <summary>
/// What editors may say of an entity: the columns of its public download, in their order. A complex property stands as a
/// column for each of its own, named by the path: <c>address/street</c>.
/// </summary>
public sealed class EditForm
{
    private readonly Dictionary<string, EditColumn> byName;
    private readonly Dictionary<string, EditColumn> byStoredName;

    private EditForm(string entitySetName, StructuredType type, IEnumerable<(string Name, StoredColumnType Kind)> stored)
    {
        EntitySetName = entitySetName;
        var kinds = stored.ToDictionary(column => column.Name, column => column.Kind, StringComparer.Ordinal);
        Columns = [.. Flatten(type, "", "").Select(column => new EditColumn(
            column.Path,
            kinds.ContainsKey(column.Stored) ? column.Stored : null,
            type.Key.Contains(column.Property),
            column.Property.Type is PrimitiveType { Kind: PrimitiveKind.Int32 } ? StoredColumnType.Number : kinds.GetValueOrDefault(column.Stored),
            column.Property.Type is CollectionType))];
        AllowedColumns = "one of the columns " + string.Join(", ", Columns.Select(column => column.Name));
        byName = Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        byStoredName = Columns.Where(column => column.StoredName is not null).ToDictionary(column => column.StoredName!, StringComparer.Ordinal);
    }

    public static EditForm Offices { get; } =
        new(OfficeSchema.SetName, OfficeSchema.Definition.Type, OfficeRow.Columns.Select(column => (column.Name, column.Type)));

    public static EditForm Events { get; } =
        new(EventSchema.SetName, EventSchema.Definition.Type, EventRow.Columns.Select(column => (column.Name, column.Type)));

    /// <summary>The entity set's name, which is the download's too.</summary>
    public string EntitySetName { get; }

    public IReadOnlyList<EditColumn> Columns { get; }

    /// <summary>What a message says is allowed where a name is none of them; a document may have very many such names.</summary>
    public string AllowedColumns { get; }

    public EditColumn? Find(string name) => byName.GetValueOrDefault(name);

    public EditColumn GetByStoredName(string name) => byStoredName[name];

    /// <summary>The column that a problem's field lies in, with what leads on into it: <c>address.street</c> is <c>address/street</c>.</summary>
    public string GetColumnName(ValidationProblem problem)
    {
        var field = problem.Field;
        var end = field.IndexOfAny(['[', '.']);
        var head = end < 0 ? field : field[..end];
        return byStoredName.TryGetValue(head, out var column) ? column.Name + field[head.Length..]
            : byName.ContainsKey(field.Replace('.', '/')) ? field.Replace('.', '/')
            : field;
    }

    private static IEnumerable<(string Path, string Stored, Property Property)> Flatten(StructuredType type, string path, string stored)
    {
        foreach (var property in type.Properties.Where(property => !property.IsNavigation))
        {
            var name = stored.Length == 0 ? property.Name : stored + char.ToUpperInvariant(property.Name[0]) + property.Name[1..];
            if (property.Type is StructuredType complex)
            {
                foreach (var nested in Flatten(complex, path + property.Name + "/", name))
                {
                    yield return nested;
                }
            }
            else
            {
                yield return (path + property.Name, name, property);
            }
        }
    }
}

/// <summary>A column of a public download as editors fill it in.</summary>
/// <param name="Name">As the download names it: <c>address/street</c>.</param>
/// <param name="StoredName">The stored column; null for a part of the key, and for what is computed when the register is published.</param>
/// <param name="IsList">True where the value is a JSON array.</param>
public sealed record EditColumn(string Name, string? StoredName, bool IsKey, StoredColumnType Kind, bool IsList)
{
    public bool IsComputed => StoredName is null && !IsKey;
}

/// <summary>What an editor said in one row or one JSON object: only the columns that were given.</summary>
/// <param name="Number">The row as a spreadsheet counts it, its header being 1; of JSON the place in the array, from 1; 0 where there is one alone.</param>
/// <param name="Values">A text, number, flag or null by column name; a list is its JSON text. A value of another type stands as it came and is a problem later.</param>
/// <param name="Problems">What is wrong with it as it stands, before its values are looked at.</param>
public sealed record EditRow(int Number, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<ValidationProblem> Problems)
{
    public string? GetString(string column) => Values.GetValueOrDefault(column) as string;
}
