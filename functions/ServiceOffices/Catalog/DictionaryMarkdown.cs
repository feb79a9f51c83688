using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Catalog;

/// <summary>The data dictionary as docs/data-dictionary.md.</summary>
internal static class DictionaryMarkdown
{
    public static string Write(EntityModel model)
    {
        var text = new StringBuilder("""
            # Data dictionary

            Every dataset with its columns, in English and Swedish. The platform serves the same at `/docs/data-dictionary`. A path with a
            slash is a part of what stands before it. This page is written from the code: change the columns there, then run the tests with
            `UPDATE_GOLDEN=1`.


            """);
        foreach (var set in model.Sets)
        {
            text.Append('\n');
            Write(text, set);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, EntitySet set)
    {
        var entries = DictionaryEntry.Of(set);
        Line(text, $"## {set.Name}");
        Line(text, "");
        Line(text, $"{set.Title.En}: {set.Description.En} / {set.Title.Sv}: {set.Description.Sv}");
        Line(text, $"Key: {string.Join(", ", set.Type.Key.Select(part => $"`{part.Name}`"))}.");
        Line(text, "");
        Line(text, "| column | type | may be null | unit | English | Svenska |");
        Line(text, "|---|---|---|---|---|---|");
        foreach (var (path, property) in entries)
        {
            var type = new DictionaryEntry(path, property).TypeName(Language.English);
            var nullable = property is { IsCollection: false, Nullable: true } ? "yes" : "";
            Line(text, $"| `{path}` | {type} | {nullable} | {property.Unit} | {Cell(property, Language.English)} | {Cell(property, Language.Swedish)} |");
        }

        foreach (var (path, property) in entries.Where(entry => entry.Property.AllowedValues.Count > 0))
        {
            Line(text, "");
            Line(text, $"Codes of `{path}`: {string.Join("; ", property.AllowedValues.Select(value => $"`{value.Value}` {value.Label.En} / {value.Label.Sv}"))}.");
        }
    }

    private static string Cell(Property property, Language language)
    {
        var title = property.Title is null ? "" : $"**{language.Of(property.Title)}**";
        var description = property.Description is null ? "" : language.Of(property.Description);
        return $"{title} {description}".Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
