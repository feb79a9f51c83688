using System.Globalization;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Writes the list of the files of one revision as JSON and as a page.</summary>
internal static class DownloadListing
{
    private static readonly LocalizedString Title = new("Downloads", "Nedladdningar");

    private static readonly LocalizedString Description = new("All files of one revision with checksums.", "Alla filer i en revision med kontrollsummor.");

    /// <param name="latest">The latest publication, which contains the times of all revisions and the titles of the datasets.</param>
    /// <param name="baseUrl">Base URL of links, without a closing slash.</param>
    public static ReadOnlyMemory<byte> WriteJson(Manifest manifest, Publication latest, string baseUrl) => JsonObjectWriter.Write(
        json =>
        {
            json.WriteNumber("revision", manifest.Revision);
            json.WriteString("at", manifest.At.UtcDateTime);
            json.WriteString("license", Licence.Url);
            json.WriteStartArray("files");
            foreach (var file in manifest.Files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteString("dataset", file.Dataset);
                json.WriteString("mediaType", file.MediaType);
                json.WriteNumber("bytes", file.Bytes);
                json.WriteString("sha256", file.Sha256);
                json.WriteNumber("rows", file.Rows);
                json.WriteNumber("revision", file.Revision);
                json.WriteString("at", GetCreatedAt(file, latest).UtcDateTime);
                json.WriteString("url", baseUrl + file.Url);
                json.WriteString("latestUrl", $"{baseUrl}/downloads/{file.Name}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        },
        JsonValueWriter.WriterOptions);

    /// <param name="latest">The latest publication, which contains the times of all revisions and the titles of the datasets.</param>
    /// <param name="path">Path of the page.</param>
    public static string WriteHtml(Manifest manifest, Publication latest, string path, Language language) =>
        PageLayout.Render(new PortalPage(Title, Description, [], html => Add(html, manifest, latest)), path, language);

    private static void Add(HtmlBuilder html, Manifest manifest, Publication latest)
    {
        html.AppendLine($"""
            <div class="band">
            <h1>{Title}</h1>
            <p>{new LocalizedString("Revision", "Revision")} {manifest.Revision}, {FormatMinute(manifest.At)} UTC. {new LocalizedString("Licence:", "Licens:")} <a href="{Licence.Url}" rel="license">{Licence.Name}</a>.</p>
            <section class="table-frame" tabindex="0" aria-label="{new LocalizedString("Files", "Filer")}"><table class="listing">
            <thead><tr><th scope="col">{new LocalizedString("File", "Fil")}</th><th scope="col" class="num">{new LocalizedString("Rows", "Rader")}</th><th scope="col" class="num">{new LocalizedString("Bytes", "Byte")}</th><th scope="col" class="num col-since">{new LocalizedString("Revision", "Revision")}</th><th scope="col" class="fine col-since">{new LocalizedString("Created (UTC)", "Skapad (UTC)")}</th><th scope="col" class="col-hash">SHA-256</th></tr></thead>
            """);
        foreach (var files in manifest.Files.GroupBy(file => file.Dataset))
        {
            var dataset = latest.Tables.Model.Find(files.Key)?.Title ?? new LocalizedString(files.Key, files.Key);
            html.AppendLine($"<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"6\">{dataset}</th></tr>");
            foreach (var file in files)
            {
                Add(html, file, latest);
            }

            html.AppendLine($"</tbody>");
        }

        html.AppendLine($"</table></section>\n</div>");
    }

    private static void Add(HtmlBuilder html, PublishedFile file, Publication latest) =>
        html.AppendLine($"<tr><th scope=\"row\"><a href=\"{file.Url}\">{file.Name}</a></th><td class=\"num\">{file.Rows}</td><td class=\"num\">{file.Bytes}</td><td class=\"num col-since\">{file.Revision}</td><td class=\"fine col-since\">{FormatMinute(GetCreatedAt(file, latest))}</td><td class=\"col-hash\"><code>{file.Sha256}</code></td></tr>");

    private static DateTimeOffset GetCreatedAt(PublishedFile file, Publication latest) => latest.Register.FindPublication(file.Revision)?.At ?? latest.At;

    private static string FormatMinute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
