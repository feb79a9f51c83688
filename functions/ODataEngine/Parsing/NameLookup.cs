using ODataEngine.Model;

namespace ODataEngine.Parsing;

/// <summary>Finds properties and derived types by name.</summary>
internal static class NameLookup
{
    /// <summary>The property of this exact name, or null.</summary>
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

    /// <summary>What a type-cast segment of this name makes of a type: itself or one derived from it; null where the name is of neither (4.01 Part 2, 4.11).</summary>
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
