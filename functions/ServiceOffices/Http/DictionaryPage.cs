using System.Text;
using ServiceOffices.Catalog;
using ServiceOffices.Portal;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>The data dictionary for people, in one language: a table a dataset, a list a code list.</summary>
internal static class DictionaryPage
{
    private static readonly Text Title = new("Data dictionary", "Datakatalog: kolumner och koder");

    public static byte[] Render(EntityModel model, Language language)
    {
        var html = new Html(language);
        html.Add($"""
            <!DOCTYPE html>
            <html lang="{language.Tag}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{language.Of(Title)}</title>
            </head>
            <body>
            <main>
            <h1>{language.Of(Title)}</h1>
            <p>{language.Of(new("Every dataset with its columns. A path with a slash is a part of what stands before it.", "Varje datamängd med sina kolumner. En sökväg med snedstreck är en del av det som står före."))}</p>
            <ul>
            """);
        foreach (var set in model.Sets)
        {
            html.Add($"<li><a href=\"#{set.Name}\">{language.Of(set.Title)}</a></li>");
        }

        html.Add($"</ul>");
        foreach (var set in model.Sets)
        {
            Add(html, set, language);
        }

        html.Add($"</main>\n</body>\n</html>");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static void Add(Html html, EntitySet set, Language language)
    {
        var entries = DictionaryEntry.Of(set);
        html.Add($"""
            <section id="{set.Name}" aria-labelledby="{set.Name}-title">
            <h2 id="{set.Name}-title">{language.Of(set.Title)} <code>{set.Name}</code></h2>
            <p>{language.Of(set.Description)} {language.Of(new("Key:", "Nyckel:"))} <code>{string.Join(", ", set.Type.Key.Select(part => part.Name))}</code>.</p>
            <table>
            <thead><tr><th scope="col">{language.Of(new("Column", "Kolumn"))}</th><th scope="col">{language.Of(new("Type", "Typ"))}</th><th scope="col">{language.Of(new("May be null", "Kan vara null"))}</th><th scope="col">{language.Of(new("Unit", "Enhet"))}</th><th scope="col">{language.Of(new("Meaning", "Betydelse"))}</th></tr></thead>
            <tbody>
            """);
        foreach (var entry in entries)
        {
            var (path, property) = entry;
            var nullable = property is { IsCollection: false, Nullable: true } ? language.Of(new("yes", "ja")) : "";
            html.Add($"<tr id=\"{set.Name}-{path}\"><th scope=\"row\"><code>{path}</code></th><td>{entry.TypeName(language)}</td><td>{nullable}</td><td>{property.Unit}</td><td><strong>{Of(property.Title)}</strong> {Of(property.Description)}</td></tr>");
        }

        html.Add($"</tbody>\n</table>");
        foreach (var (path, property) in entries.Where(entry => entry.Property.AllowedValues.Count > 0))
        {
            html.Add($"<h3>{language.Of(new("Codes of", "Koder för"))} <code>{path}</code></h3>\n<dl>");
            foreach (var value in property.AllowedValues)
            {
                html.Add($"<dt><code>{value.Value}</code></dt><dd>{language.Of(value.Label)}</dd>");
            }

            html.Add($"</dl>");
        }

        html.Add($"</section>");

        string Of(Text? text) => text is null ? "" : language.Of(text);
    }
}
