using ODataEngine.Model;
using ServiceOffices.Schema;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The data page: all files with checksums, and a query for selected offices.</summary>
internal static class DataPage
{
    private static readonly LocalizedString Heading = new("Download the data", "Ladda ner data");

    private static readonly LocalizedString Lead = new(
        "All datasets in all formats, free to use. Together, the files correspond to one revision of the register.",
        "Alla datamängder i alla format, fria att använda. Tillsammans motsvarar filerna en och samma revision av registret.");

    public static PortalPage Create(PublicationView view, OfficeFilter filter, IReadOnlyList<string> formats) =>
        new(Heading, Lead, ["finder.js", "run.js"], html => RenderBody(html, view, filter, formats));

    private static void RenderBody(HtmlBuilder html, PublicationView view, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        var publication = view.Publication;
        html.AppendLine($"""
            <div class="band">
            <h1>{Heading}</h1>
            <p class="lead">{Lead}</p>
            <p>{new LocalizedString("Revision", "Revision")} {publication.Revision}, {LabelFormatter.FormatDate(view.Today)}. {new LocalizedString("The file name always links to the latest version. The revision number always links to exactly the same file.", "Filnamnet länkar alltid till den senaste versionen. Revisionsnumret länkar alltid till exakt samma fil.")}
            {new LocalizedString("The columns are described in", "Kolumnerna beskrivs i")} <a href="/docs/data-dictionary?lang={html.Language.Tag}">{new LocalizedString("the data dictionary", "beskrivningen av kolumner och koder")}</a>.</p>
            </div>
            """);
        RenderBuilder(html, view, filter, formats);
        RenderFiles(html, view);
    }

    private static void RenderBuilder(HtmlBuilder html, PublicationView view, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        html.AppendLine($"""
            <section class="band" aria-labelledby="builder">
            <h2 id="builder">{new LocalizedString("Select offices", "Välj kontor")}</h2>
            <p>{new LocalizedString("Select the offices you need and copy the link. It always returns current data.", "Gör ditt urval och kopiera länken. Den ger alltid aktuella uppgifter.")}</p>
            """);
        OfficeFilterForm.Render(html, filter, view, new PageUrl(PageKind.Data, html.Language), isOpen: true);
        html.AppendLine($"""
            <div class="query">
            <p class="query-count"><strong id="count">{view.Offices.Count(filter.Matches)}</strong> {new LocalizedString($"of {view.Offices.Count} offices", $"av {view.Offices.Count} kontor")}</p>
            <pre class="query-text" tabindex="0"><code id="query">{Uri.UnescapeDataString(filter.ToODataUrl())}</code></pre>
            """);
        ExportLinks.Render(html, filter, formats);
        html.AppendLine($"<p><button class=\"chip copy\" type=\"button\" hidden=\"\" data-done=\"{new LocalizedString("Copied", "Kopierat")}\">{new LocalizedString("Copy the query URL", "Kopiera frågans URL")}</button></p>\n</div>\n</section>");
    }

    private static void RenderFiles(HtmlBuilder html, PublicationView view)
    {
        html.AppendLine($"<section class=\"band\" aria-labelledby=\"files\">\n<h2 id=\"files\">{new LocalizedString("All files", "Alla filer")}</h2>");
        foreach (var dataset in view.Files.GroupBy(file => file.Dataset))
        {
            var set = RegisterModel.Model.Find(dataset.Key);
            html.AppendLine($"""
                <section class="dataset" aria-labelledby="d-{dataset.Key}">
                <div class="dataset-head">
                <h3 id="d-{dataset.Key}">{set?.Title ?? new LocalizedString(dataset.Key, dataset.Key)}</h3>
                """);
            if (set is not null)
            {
                html.AppendLine($"<p class=\"soft\">{set.Description} <a href=\"{ODataUrlBuilder.ServiceRoot}{set.Name}\">{new LocalizedString("As an OData query", "Som OData-fråga")}</a></p>");
            }

            html.AppendLine($"""
                </div>
                <div class="table-frame"><table class="files">
                <thead><tr><th scope="col">{new LocalizedString("File", "Fil")}</th><th scope="col" class="num">{new LocalizedString("Rows", "Rader")}</th><th scope="col" class="num">{new LocalizedString("Size", "Storlek")}</th><th scope="col" class="col-hash">SHA-256</th><th scope="col" class="num">Revision</th></tr></thead>
                <tbody>
                """);
            foreach (var file in dataset)
            {
                html.AppendLine($"<tr><th scope=\"row\"><a href=\"/downloads/{file.Name}\" download=\"\">{file.Name}</a></th><td class=\"num\">{LabelFormatter.FormatNumber(file.Rows)}</td><td class=\"num\">{LabelFormatter.FormatFileSize(file.Bytes)}</td><td class=\"col-hash\"><code>{file.Sha256}</code></td><td class=\"num\"><a href=\"{file.Url}\" download=\"\" aria-label=\"{file.Name}, revision {file.Revision}\">{file.Revision}</a></td></tr>");
            }

            html.AppendLine($"</tbody></table></div>\n</section>");
        }

        html.AppendLine($"</section>");
    }
}
