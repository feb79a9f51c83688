using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Every file of the publication with its checksum, and the query that makes a file of just what one needs.</summary>
internal static class DataPage
{
    private static readonly Text Heading = new("Download the data", "Ladda ner datan");

    private static readonly Text Lead = new(
        "Every dataset in every format, free for any use. The files belong together: they are what one revision of the register says.",
        "Varje datamängd i varje format, fri för all användning. Filerna hör ihop: de är vad en och samma revision av registret säger.");

    public static Page Of(Network network, OfficeFilter filter, IReadOnlyList<string> formats) =>
        new(Heading, Lead, ["finder.js", "run.js"], html => Write(html, network, filter, formats));

    private static void Write(Html html, Network network, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        var publication = network.Publication;
        html.Add($"""
            <div class="band">
            <h1>{Heading}</h1>
            <p class="lead">{Lead}</p>
            <p>{new Text("Revision", "Revision")} {publication.Revision}, {Labels.Date(network.Today)}. {new Text("A file's name leads to the latest, its revision to the same bytes for ever.", "Filens namn leder till det senaste, dess revision till samma bytes för alltid.")}
            {new Text("What every column means is in", "Vad varje kolumn betyder står i")} <a href="/docs/data-dictionary?lang={html.Language.Tag}">{new Text("the data dictionary", "beskrivningen av kolumner och koder")}</a>.</p>
            </div>
            """);
        AddBuilder(html, network, filter, formats);
        AddFiles(html, network);
    }

    private static void AddBuilder(Html html, Network network, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        html.Add($"""
            <section class="band" aria-labelledby="builder">
            <h2 id="builder">{new Text("Just the offices that you need", "Bara de kontor du behöver")}</h2>
            <p>{new Text("Choose, and take the link: it keeps giving the answer of the day.", "Välj, och ta med dig länken: den fortsätter ge dagens svar.")}</p>
            """);
        OfficeForm.Add(html, filter, network, new PageAddress(PageKind.Data, html.Language), isOpen: true);
        html.Add($"""
            <div class="query">
            <p class="query-count"><strong id="count">{network.Offices.Count(filter.Matches)}</strong> {new Text($"of {network.Offices.Count} offices", $"av {network.Offices.Count} kontor")}</p>
            <pre class="query-text" tabindex="0"><code id="query">{Uri.UnescapeDataString(filter.ODataUrl())}</code></pre>
            """);
        ExportLinks.Add(html, filter, formats);
        html.Add($"<p><button class=\"chip copy\" type=\"button\" hidden=\"\" data-done=\"{new Text("Copied", "Kopierat")}\">{new Text("Copy the query's address", "Kopiera frågans adress")}</button></p>\n</div>\n</section>");
    }

    private static void AddFiles(Html html, Network network)
    {
        html.Add($"<section class=\"band\" aria-labelledby=\"files\">\n<h2 id=\"files\">{new Text("All files", "Alla filer")}</h2>");
        foreach (var dataset in network.Files.GroupBy(file => file.Dataset))
        {
            var set = RegisterModel.Model.Find(dataset.Key);
            html.Add($"""
                <section class="dataset" aria-labelledby="d-{dataset.Key}">
                <div class="dataset-head">
                <h3 id="d-{dataset.Key}">{set?.Title ?? new Text(dataset.Key, dataset.Key)}</h3>
                """);
            if (set is not null)
            {
                html.Add($"<p class=\"soft\">{set.Description} <a href=\"{ODataQuery.Root}{set.Name}\">{new Text("As a query", "Som fråga")}</a></p>");
            }

            html.Add($"""
                </div>
                <div class="table-frame"><table class="files">
                <thead><tr><th scope="col">{new Text("File", "Fil")}</th><th scope="col" class="num">{new Text("Rows", "Rader")}</th><th scope="col" class="num">{new Text("Size", "Storlek")}</th><th scope="col" class="col-hash">SHA-256</th><th scope="col" class="num">Revision</th></tr></thead>
                <tbody>
                """);
            foreach (var file in dataset)
            {
                html.Add($"<tr><th scope=\"row\"><a href=\"/downloads/{file.Name}\" download=\"\">{file.Name}</a></th><td class=\"num\">{Labels.Number(file.Rows)}</td><td class=\"num\">{Labels.Size(file.Bytes)}</td><td class=\"col-hash\"><code>{file.Sha256}</code></td><td class=\"num\"><a href=\"{file.Url}\" download=\"\" aria-label=\"{file.Name}, revision {file.Revision}\">{file.Revision}</a></td></tr>");
            }

            html.Add($"</tbody></table></div>\n</section>");
        }

        html.Add($"</section>");
    }
}
