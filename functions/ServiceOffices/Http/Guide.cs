using System.Globalization;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>A guide of docs/ that is published below <c>/docs</c>, in English.</summary>
/// <param name="Name">Its file's name without the extension, and the last segment of its path.</param>
internal sealed partial record Guide(string Name, Text Title, Text About)
{
    private const string Extension = ".md";

    // The guides are the project's own, yet no markup in them is passed on.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoIdentifiers().Build();

    public static readonly IReadOnlyList<Guide> All =
    [
        new("odata", new("OData by example", "OData med exempel"), new("Every query option, each with a query that works.", "Varje frågeval, vart och ett med en fråga som fungerar.")),
        new("downloads", new("Downloads", "Nedladdningar"), new("Files, formats, revisions, conditions and ranges.", "Filer, format, revisioner, villkor och intervall.")),
        new("feeds", new("Feeds", "Flöden"), new("Atom, JSON Feed and calendar; how to miss nothing.", "Atom, JSON Feed och kalender; så missar man inget.")),
        new("history", new("History", "Historik"), new("The network on a date, what was published when, and proof of it.", "Nätverket en viss dag, vad som publicerades när, och bevis för det.")),
        new("catalog", new("Catalog", "Katalog"), new("DCAT-AP-SE, Data Package and schema.org.", "DCAT-AP-SE, Data Package och schema.org.")),
        new("limits", new("Limits", "Gränser"), new("Every limit, its setting and what comes past it.", "Varje gräns, dess inställning och vad som händer bortom den.")),
        new("versioning", new("Versions", "Versioner"), new("What stays, what may come, how something ages.", "Vad som består, vad som kan tillkomma, hur något fasas ut.")),
        new("editing", new("Editing", "Redigering"), new("For the register's editors.", "För registrets redaktörer.")),
        new("settings", new("Settings", "Inställningar"), new("For those who run the platform.", "För den som driver plattformen.")),
        new("digg-profile", new("DIGG's REST API profile", "DIGG:s REST API-profil"), new("Rule by rule: met, or why not.", "Regel för regel: uppfylld, eller varför inte.")),
    ];

    public string Path => $"{DocsEndpoint.Root}/{Name}";

    /// <summary>The guide as markup; links between guides lead to their pages.</summary>
    public string ToMarkup()
    {
        var document = Markdown.Parse(Read(), Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.Url = Address(link.Url ?? "");
        }

        // The spaces of 20 000 000 are no places to begin a line.
        foreach (var text in document.Descendants<LiteralInline>())
        {
            text.Content = new StringSlice(ThousandsSpace().Replace(text.Content.ToString(), "\u00A0"));
        }

        return document.ToHtml(Pipeline);
    }

    /// <summary>A description of the contract, which is CommonMark (OpenAPI 3.1, 3.5), as the content of a paragraph.</summary>
    public static string ToMarkup(string description)
    {
        using var markup = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(markup) { ImplicitParagraph = true };
        Pipeline.Setup(renderer);
        renderer.Render(Markdown.Parse(description, Pipeline));
        return markup.ToString();
    }

    private static string Address(string url)
    {
        var (file, anchor) = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? (url[..at], url[at..]) : (url, "");
        if (!file.EndsWith(Extension, StringComparison.Ordinal) || file.Contains("://", StringComparison.Ordinal))
        {
            return url;
        }

        var name = file[..^Extension.Length];
        // What is written for the project's developers stays in the repository: such a link leads to the list of guides.
        return name == "data-dictionary" || All.Any(guide => guide.Name == name) ? $"{DocsEndpoint.Root}/{name}{anchor}" : DocsEndpoint.Root;
    }

    [GeneratedRegex(@"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")]
    private static partial Regex ThousandsSpace();

    private string Read()
    {
        using var resource = typeof(Guide).Assembly.GetManifestResourceStream($"docs/{Name}{Extension}")
            ?? throw new InvalidOperationException($"The assembly holds no docs/{Name}{Extension}.");
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
