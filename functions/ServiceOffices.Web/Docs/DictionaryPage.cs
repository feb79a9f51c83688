using ODataEngine.Model;
using ServiceOffices.Schema;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Docs;

/// <summary>Renders the data dictionary as a page in one language, with a table for each dataset and a list for each code list.</summary>
internal static class DictionaryPage
{
    private static readonly LocalizedString Title = new("Data dictionary", "Kolumner och koder");

    private static readonly LocalizedString Description = new(
        "All datasets with their columns. A path with a slash denotes a part of the column before the slash.",
        "Alla datamängder med kolumner. En sökväg med snedstreck anger en del av kolumnen före snedstrecket.");

    /// <param name="planExpiryMonths">Months after which a plan expires (<see cref="StatusRules"/>).</param>
    /// <param name="path">Path of the page.</param>
    public static string Render(EntityModel model, int planExpiryMonths, string path, Language language) =>
        PageLayout.Render(new PortalPage(Title, Description, [], html => Add(html, model, planExpiryMonths)), path, language);

    private static void Add(HtmlBuilder html, EntityModel model, int planExpiryMonths)
    {
        html.AppendLine($"""
            <div class="band">
            <h1>{Title}</h1>
            <p class="lead">{Description}</p>
            <ul class="chips">
            """);
        foreach (var set in model.Sets)
        {
            html.AppendLine($"<li><a class=\"chip\" href=\"#{set.Name}\">{set.Title}</a></li>");
        }

        html.AppendLine($"</ul>\n</div>");
        foreach (var set in model.Sets)
        {
            Add(html, set);
        }

        html.AppendLine($"<section class=\"band prose\" id=\"status-rules\" aria-labelledby=\"status-rules-title\">\n<h2 id=\"status-rules-title\">{StatusRules.Title}</h2>\n<ul>");
        foreach (var rule in StatusRules.Describe(planExpiryMonths))
        {
            html.AppendLine($"<li>{rule}</li>");
        }

        html.AppendLine($"</ul>\n</section>");
    }

    private static void Add(HtmlBuilder html, EntitySet set)
    {
        var language = html.Language;
        var entries = DataDictionaryEntry.FromEntitySet(set);
        html.AppendLine($"""
            <section class="band dictionary" id="{set.Name}" aria-labelledby="{set.Name}-title">
            <h2 id="{set.Name}-title">{set.Title} <code>{set.Name}</code></h2>
            <p>{set.Description} {new LocalizedString("Key:", "Nyckel:")} <code>{string.Join(", ", set.Type.Key.Select(part => part.Name))}</code>.</p>
            <section class="table-frame" tabindex="0" aria-label="{set.Title}"><table>
            <thead><tr><th scope="col">{new LocalizedString("Column", "Kolumn")}</th><th scope="col">{new LocalizedString("Type", "Typ")}</th><th scope="col">{new LocalizedString("Meaning", "Betydelse")}</th></tr></thead>
            <tbody>
            """);
        foreach (var entry in entries)
        {
            var (path, property) = entry;
            var nullable = property is { IsCollection: false, IsNullable: true } ? language.Localize(new(" or null", " eller null")) : "";
            var unit = property.Unit is null ? "" : $" ({property.Unit})";
            html.AppendLine($"<tr id=\"{set.Name}-{path}\"><th scope=\"row\"><code>{path}</code></th><td>{entry.GetTypeName(language)}{unit}{nullable}</td><td><strong>{Translate(property.Title)}</strong> {Translate(property.Description)}</td></tr>");
        }

        html.AppendLine($"</tbody>\n</table></section>");
        foreach (var (path, property) in entries.Where(entry => entry.Property.AllowedValues.Count > 0))
        {
            html.AppendLine($"<h3>{new LocalizedString("Codes of", "Koder för")} <code>{path}</code></h3>\n<dl class=\"codes\">");
            foreach (var value in property.AllowedValues)
            {
                html.AppendLine($"<dt><code>{value.Value}</code></dt><dd>{value.Label}</dd>");
            }

            html.AppendLine($"</dl>");
        }

        html.AppendLine($"</section>");

        string Translate(LocalizedString? text) => text is null ? "" : language.Localize(text);
    }
}
