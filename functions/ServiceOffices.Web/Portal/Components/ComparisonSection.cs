using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the form, the two maps and the table that compare the offices of two dates.</summary>
internal static class ComparisonSection
{
    private static readonly LocalizedString NotInRegister = new("No event yet", "Ingen händelse ännu");

    public static void Render(HtmlBuilder html, PublicationView view, DateComparison comparison)
    {
        var page = new PageUrl(PageKind.Development, html.Language);
        html.AppendLine($"""
            <section class="band" aria-labelledby="compare">
            <h2 id="compare">{new LocalizedString("Compare two dates", "Jämför två datum")}</h2>
            <p>{new LocalizedString("Each map shows the offices that were open on its date according to the sources. On the second map, a cross marks places where no office is left.", "Varje karta visar de kontor som enligt källorna var öppna på kartans datum. På den andra kartan markerar ett kryss platser där inget kontor finns kvar.")}</p>
            """);
        RenderProblems(html, comparison);
        html.AppendLine($"""
            <form class="compare-form" method="get" action="{page}#compare">
            <div class="field"><label for="c-from">{new LocalizedString("First date", "Första datum")}</label>
            <input id="c-from" name="{DateComparison.FromParameter}" type="date" value="{comparison.From:yyyy-MM-dd}" min="{comparison.Earliest:yyyy-MM-dd}" max="{comparison.Latest:yyyy-MM-dd}" required=""></div>
            <div class="field"><label for="c-to">{new LocalizedString("Second date", "Andra datum")}</label>
            <input id="c-to" name="{DateComparison.ToParameter}" type="date" value="{comparison.To:yyyy-MM-dd}" min="{comparison.Earliest:yyyy-MM-dd}" max="{comparison.Latest:yyyy-MM-dd}" required=""></div>
            <div class="field-actions"><button class="button" type="submit">{new LocalizedString("Compare", "Jämför")}</button></div>
            </form>
            <div class="compare-maps">
            """);
        ComparisonMap.Render(html, view, comparison, isAfter: false);
        ComparisonMap.Render(html, view, comparison, isAfter: true);
        html.AppendLine($"</div>");
        RenderChanges(html, comparison);
        html.AppendLine($"</section>");
    }

    private static void RenderProblems(HtmlBuilder html, DateComparison comparison)
    {
        if (comparison.Problems.Count == 0)
        {
            return;
        }

        html.AppendLine($"<div class=\"notice\" role=\"alert\"><p>{new LocalizedString("The dates could not be used as they were written.", "Datumen kunde inte användas som de var skrivna.")}</p>\n<ul>");
        foreach (var problem in comparison.Problems)
        {
            html.AppendLine($"<li>{problem}</li>");
        }

        html.AppendLine($"</ul></div>");
    }

    private static void RenderChanges(HtmlBuilder html, DateComparison comparison)
    {
        var changes = comparison.Changes.ToList();
        var (from, to) = (LabelFormatter.FormatDate(comparison.From), LabelFormatter.FormatDate(comparison.To));
        if (changes.Count == 0)
        {
            html.AppendLine($"<p>{new LocalizedString($"No office had another status on {to.En} than on {from.En}.", $"Inget kontor hade en annan status {to.Sv} än {from.Sv}.")}</p>");
            return;
        }

        var caption = new LocalizedString($"Offices whose status on {to.En} differs from {from.En}: {changes.Count}", $"Kontor vars status {to.Sv} skiljer sig från {from.Sv}: {changes.Count}");
        html.AppendLine($"""
            <section class="table-frame table-scroll" tabindex="0" aria-label="{caption}">
            <table id="differences">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">{new LocalizedString("Office", "Kontor")}</th><th scope="col">{comparison.From:yyyy-MM-dd}</th><th scope="col">{comparison.To:yyyy-MM-dd}</th></tr></thead>
            <tbody>
            """);
        foreach (var (office, before, after) in changes)
        {
            html.AppendLine($"<tr><th scope=\"row\"><a href=\"{new PageUrl(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a></th>");
            RenderStatus(html, before);
            RenderStatus(html, after);
            html.AppendLine($"</tr>");
        }

        html.AppendLine($"</tbody></table></section>");
    }

    private static void RenderStatus(HtmlBuilder html, string? status)
    {
        if (status is null)
        {
            html.AppendLine($"<td class=\"soft\">{NotInRegister}</td>");
        }
        else
        {
            html.AppendLine($"<td><span class=\"status status-{status}\">{LabelFormatter.GetLabel(Codes.Status, status)}</span></td>");
        }
    }
}
