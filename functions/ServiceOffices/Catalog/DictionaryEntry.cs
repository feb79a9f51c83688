using ServiceOffices.Tables;

namespace ServiceOffices.Catalog;

/// <summary>A line of the data dictionary.</summary>
/// <param name="Path">The property's name, or the path to a part of a complex property or of a collection's items (<c>services/agency</c>).</param>
internal sealed record DataDictionaryEntry(string Path, Property Property)
{
    /// <summary>Every property of a set's entities with its parts behind it, links last.</summary>
    public static IReadOnlyList<DataDictionaryEntry> FromEntitySet(EntitySet set) =>
        [.. GetEntries(set.Type, ""), .. set.Type.AllProperties.Where(property => property.IsNavigation).Select(property => new DataDictionaryEntry(property.Name, property))];

    /// <summary>The type as people read it: <c>text</c>, <c>list of text</c>, <c>link to offices</c>.</summary>
    public string GetTypeName(Language language)
    {
        var single = Property.IsNavigation
            ? language.Localize(new("link to ", "länk till ")) + Property.TargetSet
            : language.Localize(GetTypeLabel(Property.ElementType));
        return Property.IsCollection ? language.Localize(new("list of ", "lista med ")) + single : single;
    }

    private static IEnumerable<DataDictionaryEntry> GetEntries(StructuredType type, string path)
    {
        foreach (var property in type.AllProperties.Where(property => !property.IsNavigation))
        {
            yield return new DataDictionaryEntry(path + property.Name, property);
            if (property.ElementType is StructuredType parts)
            {
                foreach (var part in GetEntries(parts, path + property.Name + "/"))
                {
                    yield return part;
                }
            }
        }
    }

    private static LocalizedString GetTypeLabel(DataType type) => type switch
    {
        StructuredType => new("the parts below", "delarna nedan"),
        PrimitiveType primitive => primitive.Kind switch
        {
            PrimitiveKind.String => new("text", "text"),
            PrimitiveKind.Boolean => new("true or false", "sant eller falskt"),
            PrimitiveKind.Byte or PrimitiveKind.SByte or PrimitiveKind.Int16 or PrimitiveKind.Int32 or PrimitiveKind.Int64 => new("whole number", "heltal"),
            PrimitiveKind.Single or PrimitiveKind.Double or PrimitiveKind.Decimal => new("number", "tal"),
            PrimitiveKind.Date => new("date", "datum"),
            PrimitiveKind.TimeOfDay => new("time of day", "klockslag"),
            PrimitiveKind.DateTimeOffset => new("date and time, UTC", "datum och tid, UTC"),
            PrimitiveKind.GeographyPoint => new("point", "punkt"),
            _ => new(primitive.FullName, primitive.FullName),
        },
        _ => new(type.FullName, type.FullName),
    };
}
