using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Catalog;

/// <summary>The data dictionary as docs/data-dictionary.md.</summary>
internal static class DataDictionaryMarkdown
{
    public static string Write(EntityModel model)
    {
        var builder = new StringBuilder("""
            # Data dictionary

            Every dataset with its columns, in English and Swedish. The platform serves the same at `/docs/data-dictionary`. A path with a
            slash is a part of what stands before it. This page is written from the code: change the columns there, then run the tests with
            `UPDATE_GOLDEN=1`.


            """);
        foreach (var set in model.Sets)
        {
            builder.Append('\n');
            Write(builder, set);
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
