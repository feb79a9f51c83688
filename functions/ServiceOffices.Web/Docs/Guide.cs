using System.Globalization;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ODataEngine.Model;

namespace ServiceOffices.Web.Docs;

/// <summary>A guide from the docs folder, published in English below <c>/docs</c>.</summary>
/// <param name="Name">File name without extension, and last segment of the path.</param>
internal sealed partial record Guide(string Name, LocalizedString Title, LocalizedString Summary)
{
    /// <summary>Path of the start page.</summary>
    public const string RootPath = "/docs";

    private const string FileExtension = ".md";

    // HTML in the guides is escaped, although they are part of the project.
    private static readonly MarkdownPipeline MarkdownPipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoIdentifiers().Build();

    public static readonly IReadOnlyList<Guide> All =
    [
        new("odata", new("OData by example", "OData med exempel"), new("All query options with working examples.", "Alla frågealternativ med exempel som fungerar.")),
        new("downloads", new("Downloads", "Nedladdningar"), new("Files, formats, revisions, conditional requests and ranges.", "Filer, format, revisioner, villkorade anrop och delar av filer.")),
        new("feeds", new("Feeds", "Flöden"), new("Atom, JSON Feed and calendar, and how to follow them without missing a change.", "Atom, JSON Feed och kalender, och hur du följer dem utan att missa någon ändring.")),
        new("history", new("History", "Historik"), new("The offices on a given date, what was published when, and how to verify it.", "Kontoren ett visst datum, vad som har publicerats när och hur du kontrollerar det.")),
        new("catalog", new("Catalog", "Katalog"), new("DCAT-AP-SE, Data Package and schema.org.", "DCAT-AP-SE, Data Package och schema.org.")),
        new("limits", new("Limits", "Gränser"), new("All limits, their settings and the errors they give.", "Alla gränser, deras inställningar och vilka fel de ger.")),
        new("versioning", new("Versions", "Versioner"), new("What remains stable, what can be added and how features are retired.", "Vad som inte ändras, vad som kan tillkomma och hur funktioner fasas ut.")),
        new("editing", new("Editing", "Redigering"), new("For editors of the register.", "För registrets redaktörer.")),
        new("settings", new("Settings", "Inställningar"), new("For operators of the platform.", "För den som driver plattformen.")),
        new("digg-profile", new("DIGG's REST API profile", "DIGG:s REST API-profil"), new("Compliance rule by rule, with the reason for each deviation.", "Hur varje regel uppfylls, eller varför den inte uppfylls.")),
    ];

    public string Path => $"{RootPath}/{Name}";

    /// <summary>Converts the guide to HTML; links between guides lead to their pages.</summary>
    public string ToHtml()
    {
        var document = Markdown.Parse(ReadMarkdown(), MarkdownPipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.Url = ResolveUrl(link.Url ?? "");
        }

        // Numbers such as 20 000 000 must not be broken across lines.
        foreach (var text in document.Descendants<LiteralInline>())
        {
            text.Content = new StringSlice(ThousandsSpace().Replace(text.Content.ToString(), "\u00A0"));
        }

        return document.ToHtml(MarkdownPipeline);
    }

    /// <summary>Converts a description of the OpenAPI document, which is CommonMark (OpenAPI 3.1, 3.5), to the content of a paragraph.</summary>
    public static string ToHtml(string description)
    {
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(html) { ImplicitParagraph = true };
        MarkdownPipeline.Setup(renderer);
        renderer.Render(Markdown.Parse(description, MarkdownPipeline));
        return html.ToString();
    }

    private static string ResolveUrl(string url)
    {
        var (file, anchor) = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var anchorIndex ? (url[..anchorIndex], url[anchorIndex..]) : (url, "");
        if (!file.Contains("://", StringComparison.Ordinal) && GuideFile.All.FirstOrDefault(published => file.Split('/')[^1] == published.Name) is { } published)
        {
            return published.Path;
        }

        if (!file.EndsWith(FileExtension, StringComparison.Ordinal) || file.Contains("://", StringComparison.Ordinal))
        {
            return url;
        }

        var name = file[..^FileExtension.Length];
        // Documents for developers are not published: links to them lead to the list of guides.
        return name == "data-dictionary" || All.Any(guide => guide.Name == name) ? $"{RootPath}/{name}{anchor}" : RootPath;
    }

    [GeneratedRegex(@"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")]
    private static partial Regex ThousandsSpace();

    private string ReadMarkdown()
    {
        using var resource = typeof(Guide).Assembly.GetManifestResourceStream($"docs/{Name}{FileExtension}")
            ?? throw new InvalidOperationException($"The assembly has no resource docs/{Name}{FileExtension}.");
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
