using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the published changes of an office, the latest first.</summary>
internal static class OfficeChanges
{
    /// <param name="showAdded">Whether to show the values with which the office was added.</param>
    public static void Render(HtmlBuilder html, Publication publication, string officeId, bool showAdded)
    {
        var changes = publication.Register.Changes.Where(change => change.OfficeId == officeId).Reverse().ToList();
        html.AppendLine($"""
            <section aria-labelledby="changes">
            <h2 id="changes">{new LocalizedString("Changes in the register", "Ändringar i registret")}</h2>
            <ul class="changes">
            """);
        var formatter = new ChangeFormatter(publication, html.Language);
        foreach (var change in changes)
        {
            var title = formatter.FormatTitle(change);
            html.AppendLine($"<li>{LabelFormatter.FormatDate(LocalDate.InStockholm(change.At))}, {new LocalizedString("revision", "revision")} {change.Publication}: {title}.");
            var sentences = change.Kind == ChangeKind.Added && !showAdded ? [] : formatter.FormatSentences(change).Where(sentence => sentence != title + ".").ToList();
            if (sentences.Count > 0)
            {
                html.AppendLine($"<span class=\"soft\">{string.Join(" ", sentences)}</span>");
            }

            html.AppendLine($"</li>");
        }

        html.AppendLine($"</ul>\n</section>");
    }
}
