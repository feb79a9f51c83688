using System.Text;
using ODataEngine.Model;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Catalog;

/// <summary>An entry of the data dictionary.</summary>
/// <param name="Path">The property's name, or the path to a part of a complex property or of a collection's items (<c>services/agency</c>).</param>
internal sealed record DataDictionaryEntry(string Path, Property Property)
{
    /// <summary>Gets the properties of a set's entities, each followed by its parts; navigation properties come last.</summary>
    public static IReadOnlyList<DataDictionaryEntry> FromEntitySet(EntitySet set) =>
        [.. GetEntries(set.Type, ""), .. set.Type.AllProperties.Where(property => property.IsNavigation).Select(property => new DataDictionaryEntry(property.Name, property))];

    /// <summary>Gets the type's name for people, such as <c>text</c>, <c>list of text</c> or <c>link to offices</c>.</summary>
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

/// <summary>Writes the data dictionary as Markdown, for docs/data-dictionary.md.</summary>
internal static class DataDictionaryMarkdown
{
    /// <param name="planExpiryMonths">The default of the setting.</param>
    public static string Write(EntityModel model, int planExpiryMonths)
    {
        var builder = new StringBuilder("""
            # Data dictionary

            All datasets with their columns, in English and Swedish. The platform serves the same content at `/docs/data-dictionary`. A path
            with a slash denotes a part of the column before the slash. This page is generated: change `ServiceOffices/Schema` and run the
            tests with `UPDATE_GOLDEN=1`.


            """);
        foreach (var set in model.Sets)
        {
            builder.Append('\n');
            Write(builder, set);
        }

        AppendLine(builder, "");
        AppendLine(builder, $"## {StatusRules.Title.En} / {StatusRules.Title.Sv}");
        AppendLine(builder, "");
        foreach (var rule in StatusRules.Describe(planExpiryMonths))
        {
            AppendLine(builder, $"- {rule.En} / {rule.Sv}");
        }

        return builder.ToString();
    }

    private static void Write(StringBuilder builder, EntitySet set)
    {
        var entries = DataDictionaryEntry.FromEntitySet(set);
        AppendLine(builder, $"## {set.Name}");
        AppendLine(builder, "");
        AppendLine(builder, $"{set.Title.En}: {set.Description.En} / {set.Title.Sv}: {set.Description.Sv}");
        AppendLine(builder, $"Key: {string.Join(", ", set.Type.Key.Select(part => $"`{part.Name}`"))}.");
        AppendLine(builder, "");
        AppendLine(builder, "| column | type | may be null | unit | English | Svenska |");
        AppendLine(builder, "|---|---|---|---|---|---|");
        foreach (var (path, property) in entries)
        {
            var type = new DataDictionaryEntry(path, property).GetTypeName(Language.English);
            var nullable = property is { IsCollection: false, IsNullable: true } ? "yes" : "";
            AppendLine(builder, $"| `{path}` | {type} | {nullable} | {property.Unit} | {FormatCell(property, Language.English)} | {FormatCell(property, Language.Swedish)} |");
        }

        foreach (var (path, property) in entries.Where(entry => entry.Property.AllowedValues.Count > 0))
        {
            AppendLine(builder, "");
            AppendLine(builder, $"Codes of `{path}`: {string.Join("; ", property.AllowedValues.Select(value => $"`{value.Value}` {value.Label.En} / {value.Label.Sv}"))}.");
        }
    }

    private static string FormatCell(Property property, Language language)
    {
        var title = property.Title is null ? "" : $"**{language.Localize(property.Title)}**";
        var description = property.Description is null ? "" : language.Localize(property.Description);
        return $"{title} {description}".Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static void AppendLine(StringBuilder builder, string line) => builder.Append(line).Append('\n');
}
