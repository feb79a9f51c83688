using ODataEngine.Model;

namespace ODataEngine.Parsing;

/// <summary>The types that a query can refer to: the primitive types of Edm, and the types of the model with or without the namespace (4.01 Part 2, 5.1.1.10).</summary>
internal sealed class TypeCatalog
{
    private readonly Dictionary<string, DataType> byName = new(StringComparer.Ordinal);

    public TypeCatalog(EntityModel model)
    {
        foreach (var kind in Enum.GetValues<PrimitiveKind>())
        {
            var type = PrimitiveType.Get(kind);
            byName[type.FullName] = type;
        }

        foreach (var set in model.Sets)
        {
            Add(set.Type);
        }
    }

    public DataType? Find(string name)
    {
        const string collection = "Collection(";
        return name.StartsWith(collection, StringComparison.Ordinal) && name.EndsWith(')')
            ? Find(name[collection.Length..^1]) is { } element and not CollectionType ? new CollectionType(element) : null
            : byName.GetValueOrDefault(name);
    }

    private void Add(DataType type)
    {
        if (type is CollectionType collection)
        {
            Add(collection.Element);
        }
        else if (type is not PrimitiveType && byName.TryAdd(type.FullName, type))
        {
            byName.TryAdd(type.FullName[(type.FullName.LastIndexOf('.') + 1)..], type);
            if (type is StructuredType structured)
            {
                // Targets of navigation properties are types of entity sets, which are added on their own.
                foreach (var property in structured.Properties)
                {
                    if (!property.IsNavigation)
                    {
                        Add(property.Type);
                    }
                }

                foreach (var derived in structured.DerivedTypes)
                {
                    Add(derived);
                }
            }
        }
    }
}
