using ODataEngine.Model;

namespace ODataEngine.Parsing;

/// <summary>Finds properties and derived types by name.</summary>
internal static class NameLookup
{
    /// <summary>Gets the property with a name (case-sensitive), or null.</summary>
    public static Property? FindProperty(StructuredType type, ReadOnlySpan<char> name)
    {
        var properties = type.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (name.SequenceEqual(properties[i].Name))
            {
                return properties[i];
            }
        }

        return null;
    }

    /// <summary>Gets the type with a full name among a type and the types derived from it (4.01 Part 2, 4.11), or null.</summary>
    public static StructuredType? FindTypeCast(StructuredType type, ReadOnlySpan<char> name)
    {
        if (name.SequenceEqual(type.FullName))
        {
            return type;
        }

        foreach (var derived in type.DerivedTypes)
        {
            if (FindTypeCast(derived, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
