using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Storage;
using ServiceOffices.Tables;

namespace ServiceOffices.Editing;

/// <summary>
/// What editors may say of an entity: the columns of its public download, in their order. A complex property stands as a
/// column for each of its own, named by the path: <c>address/street</c>.
/// </summary>
internal sealed class Form
{
    private readonly Dictionary<string, FormColumn> byName;
    private readonly Dictionary<string, FormColumn> byStored;

    private Form(string set, StructuredType type, IEnumerable<(string Name, RowColumnKind Kind)> stored)
    {
        Set = set;
        var kinds = stored.ToDictionary(column => column.Name, column => column.Kind, StringComparer.Ordinal);
        Columns = [.. Flat(type, "", "").Select(column => new FormColumn(
            column.Path,
            kinds.ContainsKey(column.Stored) ? column.Stored : null,
            type.Key.Contains(column.Property),
            column.Property.Type is PrimitiveType { Kind: PrimitiveKind.Int32 } ? RowColumnKind.Number : kinds.GetValueOrDefault(column.Stored),
            column.Property.Type is CollectionType))];
        OneOfTheColumns = "one of the columns " + string.Join(", ", Columns.Select(column => column.Name));
        byName = Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        byStored = Columns.Where(column => column.Stored is not null).ToDictionary(column => column.Stored!, StringComparer.Ordinal);
    }

    public static Form Offices { get; } =
        new(OfficeColumns.Set, OfficeColumns.Rows.Type, OfficeRow.Columns.Select(column => (column.Name, column.Kind)));

    public static Form Events { get; } =
        new(EventColumns.Set, EventColumns.Rows.Type, EventRow.Columns.Select(column => (column.Name, column.Kind)));

    /// <summary>The entity set's name, which is the download's too.</summary>
    public string Set { get; }

    public IReadOnlyList<FormColumn> Columns { get; }

    /// <summary>What a message says is allowed where a name is none of them; a document may have very many such names.</summary>
    public string OneOfTheColumns { get; }

    public FormColumn? Find(string name) => byName.GetValueOrDefault(name);

    public FormColumn OfStored(string name) => byStored[name];

    /// <summary>The column that a problem's field lies in, with what leads on into it: <c>address.street</c> is <c>address/street</c>.</summary>
    public string ColumnOf(Problem problem)
    {
        var field = problem.Field;
        var end = field.IndexOfAny(['[', '.']);
        var head = end < 0 ? field : field[..end];
        return byStored.TryGetValue(head, out var column) ? column.Name + field[head.Length..]
            : byName.ContainsKey(field.Replace('.', '/')) ? field.Replace('.', '/')
            : field;
    }

    private static IEnumerable<(string Path, string Stored, Property Property)> Flat(StructuredType type, string path, string stored)
    {
        foreach (var property in type.Properties.Where(property => !property.IsNavigation))
        {
            var name = stored.Length == 0 ? property.Name : stored + char.ToUpperInvariant(property.Name[0]) + property.Name[1..];
            if (property.Type is StructuredType complex)
            {
                foreach (var within in Flat(complex, path + property.Name + "/", name))
                {
                    yield return within;
                }
            }
            else
            {
                yield return (path + property.Name, name, property);
            }
        }
    }
}
