using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ServiceOffices.Portal;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>The files of one revision, as JSON for programs and as a page for people.</summary>
internal static class DownloadListing
{
    private static readonly Text Title = new("Downloads", "Nedladdningar");

    /// <param name="latest">Knows when each revision was made, and what the datasets are called.</param>
    /// <param name="address">Where clients reach this service, without a closing slash: links start with it.</param>
    public static byte[] Json(Manifest manifest, Publication latest, string address)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Options))
        {
            json.WriteStartObject();
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
                json.WriteString("at", MadeAt(file, latest).UtcDateTime);
                json.WriteString("url", address + file.Url);
                json.WriteString("latestUrl", $"{address}/downloads/{file.Name}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="latest">Knows when each revision was made, and what the datasets are called.</param>
    public static byte[] Html(Manifest manifest, Publication latest, Language language)
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
            <link rel="license" href="{Licence.Url}">
            </head>
            <body>
            <main>
            <h1>{language.Of(Title)}</h1>
            <p>{language.Of(new("Revision", "Revision"))} {manifest.Revision}, {Minute(manifest.At)} UTC. {language.Of(new("Licence:", "Licens:"))} <a href="{Licence.Url}" rel="license">{Licence.Name}</a>.</p>
            <table>
            <thead><tr><th scope="col">{language.Of(new("Dataset", "Datamängd"))}</th><th scope="col">{language.Of(new("File", "Fil"))}</th><th scope="col">{language.Of(new("Rows", "Rader"))}</th><th scope="col">{language.Of(new("Bytes", "Byte"))}</th><th scope="col">{language.Of(new("Since revision", "Sedan revision"))}</th><th scope="col">{language.Of(new("Since (UTC)", "Sedan (UTC)"))}</th><th scope="col">SHA-256</th></tr></thead>
            <tbody>
            """);
        foreach (var file in manifest.Files)
        {
            var dataset = latest.Tables.Model.Find(file.Dataset) is { } set ? language.Of(set.Title) : file.Dataset;
            html.Add($"<tr><th scope=\"row\">{dataset}</th><td><a href=\"{file.Url}\">{file.Name}</a></td><td>{file.Rows}</td><td>{file.Bytes}</td><td>{file.Revision}</td><td>{Minute(MadeAt(file, latest))}</td><td><code>{file.Sha256}</code></td></tr>");
        }

        html.Add($"</tbody>\n</table>\n</main>\n</body>\n</html>");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    // Revisions are numbered from 1 without gaps.
    private static DateTimeOffset MadeAt(PublishedFile file, Publication latest) => latest.Register.Publications[(int)file.Revision - 1].At;

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
